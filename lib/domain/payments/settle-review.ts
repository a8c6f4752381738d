import { recordAudit } from '@/lib/domain/audit/record-audit'
import { hasValidTag, parsePayload } from '@/lib/domain/invoices/payload'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { addJobIn, inTransaction, type Tx } from '@/lib/platform/transaction'
import { expireCheckoutsJob, stopJob } from './jobs'
import { listNeedless } from './list-needless'
import { refold } from './refold'
import { decideCharge } from './rules'
import type { ReviewReason } from './schema'
import { loadChargeFacts } from './store'
import { lockPerson } from './store-ledger'
import {
  closeUpdates,
  findPayer,
  findPlanToGive,
  findWaiting,
  loadReviewed,
  remakeInvoice,
  setEntitlement,
  setHonoured,
  setLeft,
} from './store-reviews'

/**
 * Honours a charge that did not fit: the payer gets the plan named, or the one it was for, from the
 * charge's date. Refuses: not_found (nothing waits under this id), unknown_plan, invalid_request.
 */
export async function honourPayment(
  actor: Manager,
  paymentId: string,
  as: { planCode: string | null; reason: string },
): Promise<void> {
  requirePower(actor, 'settle')
  requireReason(as.reason)
  await settle(actor, paymentId, as.reason, 'honour_payment', async (tx, charge, at) => {
    const plan = await findPlanToGive(tx, as.planCode ?? charge.planCode ?? '')
    if (!plan) throw new Refusal('unknown_plan', 'Name the plan the payer shall get.')
    const isSubscription = charge.isRecurring && plan.kind === 'subscription'
    await give(tx, charge, { ...plan, isSubscription, days: plan.durationDays }, actor, at)
  })
}

/**
 * Judges a charge in review by the rules again, as after its plan was put back. Answers why it stays
 * in review, or null when it was completed. Refuses: not_found.
 */
export async function replayPayment(
  actor: Manager,
  paymentId: string,
): Promise<ReviewReason | null> {
  requirePower(actor, 'settle')
  const charge = await loadReviewed(paymentId)
  if (!charge) throw notWaiting()
  const payload = parsePayload(charge.payload)
  const tagIsValid =
    payload !== null &&
    hasValidTag(payload, { ...charge, telegramUserId: charge.payer.telegramUserId })
  const facts = await loadChargeFacts(charge, payload, null, await now())

  const decision = decideCharge(charge, payload, tagIsValid, { ...facts, known: null }, null)

  if (decision.kind === 'review') return decision.reason
  if (decision.kind === 'duplicate') throw notWaiting()
  const { sold } = decision
  await settle(actor, paymentId, 'judged again', 'replay_payment', async (tx, waiting, at) => {
    const plan = await findPlanToGive(tx, sold.planCode)
    if (!plan) throw new Refusal('unknown_plan')
    const isSubscription = sold.kind === 'subscription'
    if (decision.remakesInvoice && payload) await remakeInvoice(tx, waiting, payload, sold, at)
    await give(tx, waiting, { ...plan, isSubscription, days: sold.days }, actor, at)
  })
  return null
}

/**
 * Leaves a charge as it is: recorded, without effect, no longer waiting. Refuses: not_found,
 * invalid_request.
 */
export async function leavePayment(
  actor: Manager,
  paymentId: string,
  reason: string,
): Promise<void> {
  requirePower(actor, 'settle')
  requireReason(reason)
  await settle(actor, paymentId, reason, 'leave_payment', (tx, charge, at) =>
    setLeft(tx, charge.id, actorName(actor), at),
  )
}

type Waiting = NonNullable<Awaited<ReturnType<typeof findWaiting>>>

async function settle(
  actor: Manager,
  paymentId: string,
  reason: string,
  action: string,
  work: (tx: Tx, charge: Waiting & { userId: string }, at: Date) => Promise<void>,
): Promise<void> {
  const at = await now()
  await inTransaction(async (tx) => {
    const payer = await findPayer(tx, paymentId)
    if (payer === null) throw notWaiting()
    // The person first, as everywhere: two who lock in different orders wait for each other.
    const userId = await lockPerson(tx, payer, at)
    const charge = await findWaiting(tx, paymentId)
    if (!charge) throw notWaiting()
    await work(tx, { ...charge, userId }, at)
    await closeUpdates(tx, charge.chargeId, actorName(actor), at)
    const entry = { action, subject: 'payment', subjectId: paymentId, reason } as const
    await recordAudit(tx, actor, entry, at)
  })
}

async function give(
  tx: Tx,
  { id, userId, chargeId, telegramUserId }: Waiting & { userId: string },
  plan: { code: string; family: string; isSubscription: boolean; days: number | null },
  actor: Manager,
  at: Date,
): Promise<void> {
  const kind = plan.isSubscription ? 'subscription' : 'one_off'
  const sale = { userId, planCode: plan.code, kind, days: plan.days, by: actorName(actor) } as const
  await setHonoured(tx, id, sale, at)
  await refold(tx, { userId, family: plan.family }, at)
  await setEntitlement(tx, id, { userId, planCode: plan.code }, at)
  const of = { userId, family: plan.family }
  for (const payload of await listNeedless(tx, of, chargeId)) {
    await addJobIn(tx, stopJob(telegramUserId, payload))
  }
  await addJobIn(tx, expireCheckoutsJob(telegramUserId, id))
  await addJobIn(tx, {
    name: 'tell_buyer',
    payload: { paymentId: id },
    key: `tell_buyer:${id}:settled`,
  })
}

function requireReason(reason: string): void {
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why.')
}

const notWaiting = () => new Refusal('not_found', 'No charge waits for review under this id.')
