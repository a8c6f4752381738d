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
