import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import { planCode as planCodeShape } from '@/lib/domain/plans/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { setRenewal } from '@/lib/stripe/subscriptions'
import { editSubscription } from '@/lib/telegram/subscriptions'
import { listRunning, setState, setStopped } from './store'

/**
 * Stops the renewal of the person's subscription, of each one where the plan has several; the paid
 * periods run to their end. Telegram is told first: if we die in between, nothing more is charged,
 * and asking again finishes it.
 * Refuses: not_found, conflict (it does not renew), telegram_unavailable. Safe to call twice.
 */
export async function cancelSubscription(actor: PersonActor, planCode: string): Promise<void> {
  const { running, at } = await requireRunning(actor, planCode)
  const renewing = running.filter((one) => !one.stoppedAt && one.state !== 'canceled')
  if (renewing.length === 0) {
    throw new Refusal('conflict', 'This subscription does not renew any more.')
  }
  for (const subscription of renewing) await cancel(actor, subscription, at)
  log().info({ event: 'subscription_stopped', telegramUserId: actor.telegramUserId, planCode })
}

async function cancel(actor: PersonActor, subscription: Running, at: Date): Promise<void> {
  const isStripe = subscription.provider === 'stripe'
  await (isStripe
    ? setRenewal(subscription.knownBy, false)
    : editSubscription(actor.telegramUserId, subscription.knownBy, { isCanceled: true }))

  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, actor.telegramUserId, at)
    if (isStripe) await setState(tx, subscription.id, 'canceled', at)
    else await setStopped(tx, subscription.id, at, at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
}

/**
 * Lifts our cancel, so that the person can switch the renewal on again in Telegram's settings; only
 * they can. Refuses: not_found, conflict (it renews), telegram_unavailable. Safe to call twice.
 */
export async function resumeSubscription(actor: PersonActor, planCode: string): Promise<void> {
  const { running, at } = await requireRunning(actor, planCode)
  const [subscription] = running
  if (subscription.provider === 'stripe') return resumeAtStripe(actor, subscription, at)
  if (!subscription.stoppedAt) {
    if (subscription.state === 'canceled') return
    throw new Refusal('conflict', 'This subscription renews by itself already.')
  }

  await editSubscription(actor.telegramUserId, subscription.knownBy, { isCanceled: false })

  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, actor.telegramUserId, at)
    await setStopped(tx, subscription.id, null, at)
    await refold(tx, { userId, family: subscription.plan.family }, at)
  })
  log().info({ event: 'subscription_resumed', telegramUserId: actor.telegramUserId, planCode })
}

/** At Stripe the renewal is on again at once. */
async function resumeAtStripe(actor: PersonActor, subscription: Running, at: Date): Promise<void> {
  if (subscription.state !== 'canceled') {
    throw new Refusal('conflict', 'This subscription renews by itself already.')
  }

  await setRenewal(subscription.knownBy, true)

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

type Running = Awaited<ReturnType<typeof listRunning>>[number]

async function requireRunning(actor: PersonActor, planCode: string) {
  const at = await now()
  const graceBegan = addSeconds(at, -env().GRACE_HOURS * 3600)
  // The code comes from an address, and PostgreSQL takes no text with a zero byte.
  const isCode = planCodeShape.safeParse(planCode).success
  const [longest, ...others] = isCode
    ? await listRunning(actor.telegramUserId, planCode, graceBegan)
    : []
  if (!longest) throw new Refusal('not_found', 'You have no running subscription of this plan.')
  return { running: [longest, ...others] as [Running, ...Running[]], at }
}
