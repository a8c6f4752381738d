import { noteFinding } from '@/lib/domain/findings/note-finding'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { stopRenewal } from '@/lib/stripe/subscriptions'
import { stopSubscriptionAt } from '@/lib/telegram/subscriptions'
import { findByPayload, insertStopped, setState, setStopped } from './store'

/**
 * Ends the renewal of a subscription nobody shall pay for any more: it was refunded, adds nothing, or
 * a higher plan was bought. Also one that its owner cancelled, who could switch it on again, and one
 * that never gave anything. What Telegram does not know becomes a finding, for a renewal may go on.
 * Safe to call twice. Throws when Telegram or the database did not do it: try again later.
 */
export async function stopSubscription(
  _actor: Extract<Actor, { kind: 'system' }>,
  of: { telegramUserId: number; invoicePayload: string },
): Promise<'stopped' | 'nothing_to_stop' | 'unknown_to_telegram'> {
  const subscription = await findByPayload(of.telegramUserId, of.invoicePayload)
  if (!subscription?.firstChargeId || subscription.stoppedAt) return 'nothing_to_stop'
  const { id, paymentId, planCode, plan, firstChargeId } = subscription
  const isStripe = subscription.provider === 'stripe'
  if (isStripe && subscription.state === 'canceled') return 'nothing_to_stop'

  const answer = await (isStripe
    ? stopRenewal(firstChargeId)
    : stopSubscriptionAt(of.telegramUserId, firstChargeId))

  if (answer === 'unknown') {
    await noteFinding(
      { kind: 'system' },
      {
        kind: 'renewal_not_stopped',
        subject: paymentId ?? `${id}`,
        details: { payment: paymentId, person: of.telegramUserId, plan: planCode },
      },
    )
    return 'unknown_to_telegram'
  }
  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, of.telegramUserId, at)
    if (id === null) {
      const payload = of.invoicePayload
      if (planCode) await insertStopped(tx, { userId, planCode, payload, firstChargeId }, at)
    } else if (isStripe) await setState(tx, id, 'canceled', at)
    else await setStopped(tx, id, at, at)
    if (plan) await refold(tx, { userId, family: plan.family }, at)
  })
  log().info({
    event: 'subscription_stopped',
    telegramUserId: of.telegramUserId,
    planCode,
    outcome: 'stopped',
  })
  return 'stopped'
}
