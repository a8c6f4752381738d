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
 * Stops the renewal of a subscription for nobody who waits: an ended or unknown one counts as
 * stopped. Throws what Telegram said otherwise: ask again later.
 */
export async function stopSubscriptionAt(
  telegramUserId: number,
  firstChargeId: string,
): Promise<'stopped' | 'not_active'> {
  try {
    await telegram().editUserStarSubscription(telegramUserId, firstChargeId, true)
    return 'stopped'
  } catch (error) {
    const isOver =
      error instanceof GrammyError &&
      /SUBSCRIPTION_NOT_ACTIVE|CHARGE_ID_INVALID/.test(error.description)
    if (isOver) return 'not_active'
    throw error
  }
}
