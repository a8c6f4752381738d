import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { stopRenewal } from '@/lib/stripe/subscriptions'
import { stopSubscriptionAt } from '@/lib/telegram/subscriptions'
import { findByPayload, setState, setStopped } from './store'

/**
 * Ends the renewal of a subscription nobody shall pay for any more: it was refunded, or a higher plan
 * was bought. Also one that its owner cancelled, who could switch it on again. Safe to call twice.
 * Throws when Telegram or the database did not do it: try again later.
 */
export async function stopSubscription(
  _actor: Extract<Actor, { kind: 'system' }>,
  of: { telegramUserId: number; invoicePayload: string },
): Promise<'stopped' | 'nothing_to_stop'> {
  const subscription = await findByPayload(of.telegramUserId, of.invoicePayload)
  if (!subscription?.firstChargeId || subscription.stoppedAt) return 'nothing_to_stop'
  if (subscription.provider === 'stripe' && subscription.state === 'canceled') {
    return 'nothing_to_stop'
  }

  const isStripe = subscription.provider === 'stripe'
  await (isStripe
    ? stopRenewal(subscription.firstChargeId)
    : stopSubscriptionAt(of.telegramUserId, subscription.firstChargeId))

  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, of.telegramUserId, at)
    if (isStripe) await setState(tx, subscription.id, 'canceled', at)
    else await setStopped(tx, subscription.id, at, at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
  log().info({
    event: 'subscription_stopped',
    telegramUserId: of.telegramUserId,
    planCode: subscription.planCode,
    outcome: 'stopped',
  })
  return 'stopped'
}
