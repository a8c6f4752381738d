import { Api, GrammyError } from 'grammy'
import { env } from '@/lib/platform/env'
import { single } from '@/lib/platform/global'

/** The Bot API of our bot. Calls throw `GrammyError` (Telegram said no) or `HttpError` (no answer). */
export function telegram(): Api {
  return single('telegram', () => new Api(env().TELEGRAM_BOT_TOKEN, clientOptions()))
}

/** How every client of ours reaches Telegram. */
export function clientOptions() {
  return {
    apiRoot: env().TELEGRAM_API_ROOT,
    environment: env().TELEGRAM_ENV,
    timeoutSeconds: 8,
  } as const
}

/** Seconds to wait before Telegram takes calls again, when it said so. */
export function retryAfterSeconds(error: unknown): number | undefined {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return undefined
  return error.parameters.retry_after ?? 1
}
