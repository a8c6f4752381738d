import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { setRenewal } from '@/lib/stripe/subscriptions'
import { editSubscription } from '@/lib/telegram/subscriptions'
import { findRunning, setState, setStopped } from './store'

/**
 * Stops the renewal of the person's subscription; the paid period runs to its end. Telegram is told
 * first: if we die in between, nothing more is charged, and asking again finishes it.
 * Refuses: not_found, conflict (it does not renew), telegram_unavailable. Safe to call twice.
 */
export async function cancelSubscription(actor: PersonActor, planCode: string): Promise<void> {
  const { subscription, chargeId, at } = await requireRunning(actor, planCode)
  if (subscription.stoppedAt || subscription.state === 'canceled') {
    throw new Refusal('conflict', 'This subscription does not renew any more.')
  }

  const isStripe = subscription.provider === 'stripe'
  await (isStripe
    ? setRenewal(chargeId, false)
    : editSubscription(actor.telegramUserId, chargeId, { isCanceled: true }))

  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, actor.telegramUserId, at)
    if (isStripe) await setState(tx, subscription.id, 'canceled', at)
    else await setStopped(tx, subscription.id, at, at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
  log().info({ event: 'subscription_stopped', telegramUserId: actor.telegramUserId, planCode })
}

/**
 * Lifts our cancel, so that the person can switch the renewal on again in Telegram's settings; only
 * they can. Refuses: not_found, conflict (it renews), telegram_unavailable. Safe to call twice.
 */
export async function resumeSubscription(actor: PersonActor, planCode: string): Promise<void> {
  const { subscription, chargeId, at } = await requireRunning(actor, planCode)
  if (subscription.provider === 'stripe') return resumeAtStripe(actor, subscription, chargeId, at)
  if (!subscription.stoppedAt) {
    if (subscription.state === 'canceled') return
    throw new Refusal('conflict', 'This subscription renews by itself already.')
  }

  await editSubscription(actor.telegramUserId, chargeId, { isCanceled: false })

  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, actor.telegramUserId, at)
    await setStopped(tx, subscription.id, null, at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
  log().info({ event: 'subscription_resumed', telegramUserId: actor.telegramUserId, planCode })
}

/** At Stripe the renewal is on again at once. */
async function resumeAtStripe(
  actor: PersonActor,
  subscription: Running,
  subscriptionId: string,
  at: Date,
): Promise<void> {
  if (subscription.state !== 'canceled') {
    throw new Refusal('conflict', 'This subscription renews by itself already.')
  }

  await setRenewal(subscriptionId, true)

  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, actor.telegramUserId, at)
    await setState(tx, subscription.id, 'active', at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
  log().info({
    event: 'subscription_resumed',
    outcome: 'resumed',
    telegramUserId: actor.telegramUserId,
    planCode: subscription.planCode,
  })
}

type Running = NonNullable<Awaited<ReturnType<typeof findRunning>>>

async function requireRunning(actor: PersonActor, planCode: string) {
  const at = await now()
  const graceBegan = addSeconds(at, -env().GRACE_HOURS * 3600)
  const subscription = await findRunning(actor.telegramUserId, planCode, graceBegan)
  if (!subscription?.firstChargeId) {
    throw new Refusal('not_found', 'You have no running subscription of this plan.')
  }
  return { subscription, chargeId: subscription.firstChargeId, at }
}
