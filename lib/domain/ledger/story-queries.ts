import { parsePayload } from '@/lib/domain/invoices/payload'
import { judgeAgainJob, stopJob } from '@/lib/domain/payments/jobs'
import { isId } from '@/lib/kit/ids'
import { hasPower, type Manager, type Power, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import {
  type FindingRow,
  findFirstToldAt,
  loadAudit,
  loadFindings,
  loadJobs,
  loadListed,
  loadPayment,
  loadRefundedIds,
  loadSiblings,
  loadStripeEvents,
  loadSubscription,
  loadUpdates,
  type Newest,
  type PaymentRow,
} from './store-story'
import { type StoryEvent, tellStory } from './story'
import { bodiesOf, factsOf, jobsOf, listedOf, orderInfoOf, type RawBody } from './story-parts'

/** So many of a kind are told, the newest. */
export const storyMost = 50

export type PaymentStory = {
  payment: ReturnType<typeof factsOf>
  events: StoryEvent[]
  jobs: ReturnType<typeof jobsOf>
  /** What Telegram's own list says; null for money that it does not list. */
  listed: ReturnType<typeof listedOf> | null
  /** What the buyer filled in; null when there is none, or the reader may not see it. */
  orderInfo: [string, string][] | null
  /** Whether there is order information that the reader may not see. */
  hidesOrderInfo: boolean
  /** As Telegram sent it, and what is kept of Stripe's; null when the reader may not see it. */
  raw: RawBody[] | null
  /** Of what there is more than the newest `storyMost`. */
  hasOlder: { siblings: boolean; audit: boolean; raw: boolean }
}

/** Everything known about one row of the ledger; null when there is none of this id. */
export async function findStory(actor: Manager, id: string): Promise<PaymentStory | null> {
  requirePower(actor, 'view')
  const payment = isId(id) ? await loadPayment(id) : null
  if (!payment) return null
  const { chargeId, userId } = payment
  const [siblings, updates, firstToldAt, findings, subscription, listed, refunded] =
    await Promise.all([
      loadSiblings({ ...siblingsOf(payment), id }, storyMost),
      chargeId ? loadUpdates(chargeId, storyMost) : nothing,
      chargeId ? findFirstToldAt(chargeId) : null,
      loadFindings([id, ...(chargeId ? [chargeId] : [])]),
      userId && payment.isRecurring ? loadSubscription(userId, payment.invoicePayload) : null,
      payment.provider === 'stars' && chargeId ? loadListed(chargeId) : null,
      userId && chargeId ? loadRefundedIds(userId, storyMost) : [],
    ])
  const mayReadAll = may(actor, 'settle')
  const [at, audit, jobs, stripeEvents] = await Promise.all([
    now(),
    may(actor, 'read_audit') ? auditOf(payment, updates.rows, findings) : null,
    loadJobs(jobKeys(payment, findings, refunded)),
    mayReadAll ? stripeEventsOf(payment) : nothing,
  ])
  return {
    payment: factsOf(payment, subscription, at),
    events: tellStory({
      payment,
      siblings: siblings.rows,
      findings,
      audit: audit?.rows ?? null,
      firstToldAt,
    }),
    jobs: jobsOf(jobs, may(actor, 'operate')),
    listed: listed && listedOf(payment, listed),
    orderInfo: mayReadAll ? orderInfoOf(payment.orderInfo) : null,
    hidesOrderInfo: !mayReadAll && payment.orderInfo !== null,
    raw: mayReadAll ? bodiesOf(updates.rows, stripeEvents.rows) : null,
    hasOlder: {
      siblings: siblings.hasOlder,
      audit: audit?.hasOlder ?? false,
      raw: updates.hasOlder || stripeEvents.hasOlder,
    },
  }
}

const nothing: Newest<never> = { rows: [], hasOlder: false }

const may = (actor: Manager, power: Power) => actor.kind === 'system' || hasPower(actor.role, power)

function siblingsOf({ invoicePayload, telegramUserId }: PaymentRow) {
  const namesInvoice = parsePayload(invoicePayload) !== null
  return { payload: invoicePayload, telegramUserId, namesInvoice }
}

function auditOf(payment: PaymentRow, updates: { id: string }[], findings: FindingRow[]) {
  const ids = (rows: { id: string }[]) => rows.map((row) => row.id)
  const subjects = [
    { subject: 'payment', ids: [payment.id] },
    { subject: 'update', ids: ids(updates) },
    { subject: 'finding', ids: ids(findings) },
  ]
  return loadAudit(
    subjects.filter((one) => one.ids.length > 0),
    storyMost,
  )
}

/** The keys of every job that is about this payment (see those who add them). */
function jobKeys(payment: PaymentRow, findings: FindingRow[], refunded: string[]): string[] {
  const { id, telegramUserId, invoicePayload } = payment
  return [
    `tell_buyer:${id}`,
    `tell_buyer:${id}:settled`,
    `tell_refund:${id}`,
    `tell_admins:${id}`,
    `refund_charge:${id}`,
    `expire_checkouts:${id}`,
    `expire_banned_checkouts:${telegramUserId}`,
    stopJob(Number(telegramUserId), invoicePayload).key,
    ...refunded.map((refundedId) => judgeAgainJob(id, refundedId).key),
    ...findings.flatMap((one) =>
      [one.firstSeen, one.lastSeen].map((at) => `finding:${one.id}:${at.getTime()}`),
    ),
  ]
}

function stripeEventsOf(payment: PaymentRow) {
  if (payment.provider !== 'stripe') return nothing
  const ids = [payment.chargeId, payment.providerPaymentChargeId, payment.invoice?.checkoutId]
  const moments = [payment.chargedAt, payment.refundedAt]
  return loadStripeEvents(
    ids.filter((one) => typeof one === 'string'),
    moments.filter((one) => one !== null),
    storyMost,
  )
}
