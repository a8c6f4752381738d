import { env } from '@/lib/platform/env'
import { telegram } from './client'

/** The types of updates we handle: `telegram:setup` asks for them, and no others become labels. */
export const allowedUpdates = [
  'message',
  'pre_checkout_query',
  'subscription',
  'callback_query',
  'my_chat_member',
] as const

/** Where Telegram has to deliver to. */
export const webhookUrl = () => `${env().APP_URL}/api/v1/telegram/webhook`

/** How Telegram delivers to us, in its own words. */
export type WebhookFacts = {
  /** Empty when it delivers to nobody. */
  url: string
  /** Types that we handle and Telegram does not send. */
  missingUpdates: string[]
  /** Updates that wait to be delivered. */
  waiting: number
  /** The last delivery that failed; Telegram goes on telling of it when all is well again. */
  lastProblem: string | null
  lastProblemAt: Date | null
}

/** Throws when Telegram does not answer. */
export async function readWebhook(): Promise<WebhookFacts> {
  const info = await telegram().getWebhookInfo()
  const allowed: readonly string[] = info.allowed_updates ?? []
  return {
    url: info.url ?? '',
    missingUpdates: allowedUpdates.filter((name) => !allowed.includes(name)),
    waiting: info.pending_update_count,
    lastProblem: info.last_error_message ?? null,
    lastProblemAt: info.last_error_date ? new Date(info.last_error_date * 1000) : null,
  }
}
