import { parsePayload } from '@/lib/domain/invoices/payload'
import type { RawUpdate } from '@/lib/domain/payments/charge'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import { keepUpdateIn } from '@/lib/domain/updates/keep-update'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { addJobIn, inTransaction } from '@/lib/platform/transaction'
import type { SubscriptionState } from './schema'
import { findSoldPlan, setReported } from './store'

/**
 * Takes over what Telegram says about a subscription, before, between or after its payments. The
 * highest update id wins; a payload that is not ours is kept for review.
 */
export async function noteSubscription(
  _actor: Extract<Actor, { kind: 'telegram' }>,
  told: { telegramUserId: number; payload: string; state: SubscriptionState },
  raw: RawUpdate,
): Promise<'noted' | 'stale' | 'review'> {
  const at = await now()
  const outcome = await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, told.telegramUserId, at)
    const planCode = parsePayload(told.payload)?.planCode ?? null
    const plan = await findSoldPlan(tx, told.payload, planCode)
    if (!plan) {
      await keepUpdateIn(tx, raw, { state: 'review', reason: 'unknown_payload' }, at)
      return 'review'
    }
    const isNews = await setReported(
      tx,
      { userId, planCode: plan.code, payload: told.payload },
      { state: told.state, updateId: raw.updateId },
      at,
    )
    await keepUpdateIn(tx, raw, { state: 'handled' }, at)
    if (!isNews) return 'stale'
    await refold(tx, { userId, family: plan.family }, at)
    if (told.state === 'failed') {
      await addJobIn(tx, {
        name: 'tell_renewal_failed',
        payload: { telegramUserId: told.telegramUserId, planCode: plan.code },
        key: `tell_renewal_failed:${raw.updateId}`,
      })
    }
    return 'noted'
  })
  log().info({
    event: 'subscription',
    outcome,
    state: told.state,
    telegramUserId: told.telegramUserId,
  })
  return outcome
}
