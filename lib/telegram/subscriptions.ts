import { GrammyError } from 'grammy'
import { asking } from './asking'
import { telegram } from './client'

/**
 * Stops a Star subscription's renewal, or lets the person switch it on again. Telegram knows it by
 * its first charge. Refuses: telegram_unavailable.
 */
export async function editSubscription(
  telegramUserId: number,
  firstChargeId: string,
  to: { isCanceled: boolean },
): Promise<void> {
  await asking('editUserStarSubscription', () =>
    telegram().editUserStarSubscription(telegramUserId, firstChargeId, to.isCanceled),
  )
}

/**
 * Stops the renewal of a subscription for nobody who waits. `not_active`: it ended already.
 * `unknown`: Telegram knows no subscription by this charge, so one may go on under another. Throws
 * what Telegram said otherwise: ask again later.
 */
export async function stopSubscriptionAt(
  telegramUserId: number,
  firstChargeId: string,
): Promise<'stopped' | 'not_active' | 'unknown'> {
  try {
    await telegram().editUserStarSubscription(telegramUserId, firstChargeId, true)
    return 'stopped'
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error
    if (error.description.includes('SUBSCRIPTION_NOT_ACTIVE')) return 'not_active'
    if (error.description.includes('CHARGE_ID_INVALID')) return 'unknown'
    throw error
  }
}
