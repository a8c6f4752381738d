import { GrammyError } from 'grammy'
import { Refusal } from '@/lib/kit/errors'
import { describeError, log } from '@/lib/platform/log'
import { retryAfterSeconds } from './client'

/** Makes a call for somebody who waits. Refuses: telegram_unavailable, whatever Telegram said. */
export async function asking<T>(method: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const level = error instanceof GrammyError && error.error_code < 429 ? 'error' : 'warn'
    log()[level]({ event: 'telegram_refused', outcome: 'failed', method, ...describeError(error) })
    throw new Refusal(
      'telegram_unavailable',
      'Telegram did not do it. Try again in a moment.',
      retryAfterSeconds(error),
    )
  }
}
