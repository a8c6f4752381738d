import { GrammyError } from 'grammy'
import { log } from '@/lib/platform/log'
import { retryAfterSeconds, telegram } from './client'

/** What Telegram said to a refund. `later` names the seconds it asked to wait. */
export type RefundAnswer =
  | { kind: 'refunded' }
  | { kind: 'refused'; problem: string }
  | { kind: 'later'; seconds: number }

/**
 * Sends a Star payment back, all of it. Safe to call twice: what was refunded before counts as
 * refunded. Throws when the outcome is unknown; then ask again.
 */
export async function refundStarPayment(
  telegramUserId: number,
  chargeId: string,
): Promise<RefundAnswer> {
  try {
    await telegram().refundStarPayment(telegramUserId, chargeId)
    return { kind: 'refunded' }
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error
    if (/CHARGE_ALREADY_REFUNDED/.test(error.description)) return { kind: 'refunded' }
    const seconds = retryAfterSeconds(error)
    if (seconds !== undefined) return { kind: 'later', seconds }
    if (error.error_code >= 500 || error.error_code === 401) throw error
    const problem = error.description.replace(/^Bad Request: /, '')
    log().warn({ event: 'refund_refused', telegramUserId, problem, outcome: 'refused' })
    return { kind: 'refused', problem }
  }
}
