import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { addJobIn, inTransaction } from '@/lib/platform/transaction'
import type { SubscriptionState } from './schema'
import { findBilled, setStripeState } from './store'

/**
 * Takes over how a subscription stands at Stripe now, before or after its charges. Says whose it is;
 * null for one that was not sold by us, which is ignored.
 */
export async function noteStripeSubscription(
  _actor: Extract<Actor, { kind: 'stripe' }>,
  told: { subscriptionId: string; payload: string; state: SubscriptionState },
): Promise<number | null> {
  const billed = await findBilled(told.payload)
  if (!billed) return null
  const telegramUserId = Number(billed.user.telegramUserId)
  const at = await now()
  const isNews = await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, telegramUserId, at)
    const of = { ...told, userId, planCode: billed.plan.code }
    if (!(await setStripeState(tx, of, told.state, at))) return false
    await refold(tx, { userId, family: billed.plan.family }, at)
    if (told.state === 'failed') {
      await addJobIn(tx, {
        name: 'tell_renewal_failed',
        payload: { telegramUserId, planCode: billed.plan.code, provider: 'stripe' },
        key: `tell_renewal_failed:${told.subscriptionId}:${at.getTime()}`,
      })
    }
    return true
  })
  if (isNews) {
    log().info({ event: 'subscription', outcome: 'noted', state: told.state, telegramUserId })
  }
  return telegramUserId
}
