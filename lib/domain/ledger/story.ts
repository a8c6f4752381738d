import { reviewReason } from '@/lib/domain/payments/schema'
import type { AuditRow, FindingRow, PaymentRow, SiblingRow } from './store-story'

type Money = { amount: number; currency: string }
export type ChargePeriod = 'one_off' | 'first' | 'renewal'

/** One thing that happened, in order of time. Dates are ISO 8601. */
export type StoryEvent = { at: string } & (
  | ({ kind: 'invoice'; method: string; planName: string; days: number | null } & Money)
  /** Telegram asked whether it may be paid; `refused` is why we said no. */
  | { kind: 'question'; id: string; isOwn: boolean; refused: string | null }
  | { kind: 'not_charged' }
  | ({ kind: 'charge'; provider: string; toldBy: string; period: ChargePeriod } & Money)
  /** Another charge with the same payload: a renewal, or the invoice paid again. */
  | ({
      kind: 'other_charge'
      id: string
      status: string
      period: ChargePeriod
      telegramUserId: number
    } & Money)
  | { kind: 'review'; reason: string }
  | { kind: 'paid_twice' | 'refund_first' }
  | { kind: 'given'; planName: string; days: number | null; endsAt: string | null }
  | { kind: 'settled'; by: string; isHonoured: boolean }
  | { kind: 'refund_requested'; by: string; reason: string }
  | { kind: 'refund_failed'; problem: string }
  | { kind: 'refunded' }
  | { kind: 'finding'; id: string; finding: string; isOpen: boolean }
  | { kind: 'finding_resolved'; finding: string; by: string }
  | { kind: 'audit'; action: string; by: string; from: string | null; reason: string | null }
)

/** What happened within one second is told in the order in which it follows. */
const order: Record<StoryEvent['kind'], number> = {
  invoice: 0,
  question: 1,
  not_charged: 2,
  charge: 3,
  review: 4,
  paid_twice: 4,
  refund_first: 4,
  settled: 5,
  given: 6,
  other_charge: 7,
  audit: 5,
  refund_requested: 5,
  refund_failed: 9,
  refunded: 10,
  finding: 11,
  finding_resolved: 12,
}

type Facts = {
  payment: PaymentRow
  siblings: SiblingRow[]
  findings: FindingRow[]
  /** Null when the reader may not see the audit log; the ledger's own words are told instead. */
  audit: AuditRow[] | null
  /** When the first update about the charge came. */
  firstToldAt: Date | null
}

/** What happened to one row of the ledger, oldest first. */
export function tellStory(facts: Facts): StoryEvent[] {
  const events = [
    ...beforeTheCharge(facts),
    ...theCharge(facts),
    ...theRefund(facts),
    ...facts.siblings.map(siblingOf),
    ...facts.findings.flatMap(findingOf),
    ...(facts.audit ?? []).map(auditOf),
  ]
  return events.sort(
    (a, b) =>
      secondOf(a) - secondOf(b) ||
      order[a.kind] - order[b.kind] ||
      Date.parse(a.at) - Date.parse(b.at),
  )
}

/** Telegram tells moments to the second, so that a charge may seem older than its question. */
const secondOf = ({ at }: StoryEvent) => Math.floor(Date.parse(at) / 1000)

function beforeTheCharge({ payment }: Facts): StoryEvent[] {
  const events: StoryEvent[] = []
  const { invoice } = payment
  if (invoice) {
    events.push({
      kind: 'invoice',
      at: invoice.createdAt.toISOString(),
      method: invoice.method,
      planName: invoice.plan.name,
      days: invoice.days,
      amount: Number(invoice.amount),
      currency: invoice.currency,
    })
  }
  const wasAsked = payment.preCheckoutQueryId !== null
  if (wasAsked) events.push(questionOf(payment, true))
  if (payment.reason === 'not_charged' && !payment.chargeId) {
    events.push({ kind: 'not_charged', at: payment.updatedAt.toISOString() })
  }
  return events
}

function theCharge({ payment, firstToldAt, audit }: Facts): StoryEvent[] {
  if (!payment.chargeId) return []
  const { reason, chargedAt, entitlementActivatedAt: givenAt, settledAt } = payment
  const charged = (chargedAt ?? payment.createdAt).toISOString()
  if (reason === 'refund_first') return [{ kind: 'refund_first', at: charged }]
  const events: StoryEvent[] = [
    {
      kind: 'charge',
      at: charged,
      provider: payment.provider,
      toldBy: payment.toldBy,
      period: periodOf(payment),
      amount: Number(payment.amount),
      currency: payment.currency,
    },
  ]
  // A row that a question began is older than its charge.
  const written = payment.preCheckoutQueryId ? null : payment.createdAt
  const judged =
    (givenAt && !settledAt ? givenAt : (firstToldAt ?? written))?.toISOString() ?? charged
  if (reviewReason.safeParse(reason).success && reason) {
    events.push({ kind: 'review', at: judged, reason })
  }
  if (reason === 'paid_twice') events.push({ kind: 'paid_twice', at: judged })
  if (settledAt && payment.settledBy && !audit) {
    const isHonoured = givenAt !== null
    events.push({
      kind: 'settled',
      at: settledAt.toISOString(),
      by: payment.settledBy,
      isHonoured,
    })
  }
  if (givenAt && payment.plan) {
    events.push({
      kind: 'given',
      at: givenAt.toISOString(),
      planName: payment.plan.name,
      days: payment.planKind === 'subscription' ? null : payment.planDays,
      endsAt: payment.subscriptionExpiresAt?.toISOString() ?? null,
    })
  }
  return events
}

function theRefund({ payment, audit }: Facts): StoryEvent[] {
  const events: StoryEvent[] = []
  const [request] = payment.refunds
  if (request && !audit) {
    const { requestedBy: by, reason, createdAt } = request
    events.push({ kind: 'refund_requested', at: createdAt.toISOString(), by, reason })
  }
  if (request?.state === 'failed') {
    const { updatedAt, problem } = request
    events.push({ kind: 'refund_failed', at: updatedAt.toISOString(), problem: problem ?? '' })
  }
  if (payment.refundedAt) {
    events.push({ kind: 'refunded', at: payment.refundedAt.toISOString() })
  }
  return events
}

function siblingOf(row: SiblingRow): StoryEvent {
  if (!row.chargeId) return questionOf(row, false)
  return {
    kind: 'other_charge',
    at: (row.chargedAt ?? row.createdAt).toISOString(),
    id: row.id,
    status: row.status,
    period: periodOf(row),
    telegramUserId: Number(row.telegramUserId),
    amount: Number(row.amount),
    currency: row.currency,
  }
}

function questionOf(
  row: Pick<SiblingRow, 'id' | 'chargeId' | 'status' | 'reason' | 'createdAt'>,
  isOwn: boolean,
): StoryEvent {
  const isRefused = !row.chargeId && row.status === 'failed' && row.reason !== 'not_charged'
  const refused = isRefused ? row.reason : null
  return { kind: 'question', at: row.createdAt.toISOString(), id: row.id, isOwn, refused }
}

function findingOf(row: FindingRow): StoryEvent[] {
  const { id, kind: finding, resolvedAt } = row
  const found: StoryEvent = {
    kind: 'finding',
    at: row.firstSeen.toISOString(),
    id,
    finding,
    isOpen: resolvedAt === null,
  }
  if (!resolvedAt) return [found]
  const by = row.resolvedBy ?? 'system'
  return [found, { kind: 'finding_resolved', at: resolvedAt.toISOString(), finding, by }]
}

function auditOf({ at, action, actor, from, reason }: AuditRow): StoryEvent {
  return { kind: 'audit', at: at.toISOString(), action, by: actor, from, reason }
}

function periodOf(row: { isRecurring: boolean; isFirstRecurring: boolean }): ChargePeriod {
  if (row.isFirstRecurring) return 'first'
  return row.isRecurring ? 'renewal' : 'one_off'
}
