import { isActive, statusAt } from '@/lib/domain/entitlements/standing'
import { addSeconds } from '@/lib/kit/period'
import type { Attempt, Because, Remark, Taken, Unpaid, Verdict } from './schema'

export type HeldFact = {
  planCode: string
  planName: string
  family: string
  tier: number
  startsAt: Date
  expiresAt: Date | null
  renews: boolean
  revokedAt: Date | null
}

export type ChargeFact = {
  id: string
  planCode: string | null
  planName: string | null
  amount: number
  currency: string
  status: string
  reason: string | null
  at: Date
  isRenewal: boolean
  settledBy: string | null
  settledAt: Date | null
  refundedAt: Date | null
  request: { by: string; reason: string; state: string; problem: string | null; at: Date } | null
}

export type GrantFact = {
  id: string
  planCode: string
  planName: string
  days: number | null
  by: string
  reason: string
  at: Date
  revokedAt: Date | null
  revokedBy: string | null
}

export type SubscriptionFact = {
  planCode: string
  planName: string
  state: string
  stateAt: Date | null
  stoppedAt: Date | null
}

export type AttemptFact = Omit<Attempt, 'paymentId'> & { id: string }
export type UnpaidFact = Unpaid & { id: string }

/** What came to nothing, newest first; `isCut` when there is more of it. */
export type Attempts = { failed: AttemptFact[]; unpaid: UnpaidFact[]; isCut: boolean }

export type PersonFacts = {
  bannedAt: Date | null
  deletedAt: Date | null
  held: HeldFact[]
  /** Newest first. */
  charges: ChargeFact[]
  grants: GrantFact[]
  subscriptions: SubscriptionFact[]
  attempts: Attempts
}

type Clock = { now: Date; graceHours: number }

/** How the person stands in every family they ever had something in. */
export function judge(facts: PersonFacts, clock: Clock): Verdict[] {
  const families = [...new Set(facts.held.map((one) => one.family))].sort()
  return families.map((family) => {
    const rows = facts.held.filter((one) => one.family === family)
    return verdictOf(decisive(rows, clock), facts, clock)
  })
}

/** The row that answers for its family: what gives access, else what will, else what did last. */
function decisive(rows: HeldFact[], { now, graceHours }: Clock): HeldFact {
  const rank = (one: HeldFact) => {
    const status = statusAt(one, now, graceHours)
    if (isActive(status)) return 2
    return status === 'scheduled' ? 1 : 0
  }
  const [first, ...rest] = rows
  if (!first) throw new Error('a family without rows')
  return rest.reduce((best, one) => {
    const [a, b] = [rank(one), rank(best)]
    if (a !== b) return a > b ? one : best
    if (a === 2 && one.tier !== best.tier) return one.tier > best.tier ? one : best
    if (a === 1) return one.startsAt < best.startsAt ? one : best
    return overAt(one) > overAt(best) ? one : best
  }, first)
}

const overAt = (one: HeldFact) =>
  one.revokedAt?.getTime() ?? one.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER

function verdictOf(held: HeldFact, facts: PersonFacts, { now, graceHours }: Clock): Verdict {
  const { family, planName, planCode, expiresAt } = held
  const base = { family, planName }
  const because = becauseOf(planCode, facts)
  const hasFailed = facts.subscriptions.some(
    (one) => one.planCode === planCode && one.state === 'failed' && !one.stoppedAt,
  )
  const status = statusAt(held, now, graceHours)
  if (held.revokedAt) {
    return { ...base, kind: 'taken', at: held.revokedAt, why: takenOf(planCode, facts) }
  }
  if (status === 'scheduled') return { ...base, kind: 'scheduled', from: held.startsAt, because }
  if (status === 'active' || !expiresAt) {
    return { ...base, kind: 'holds', until: expiresAt, renews: held.renews, because }
  }
  if (status === 'grace') {
    const until = addSeconds(expiresAt, graceHours * 3600)
    return { ...base, kind: 'grace', endedAt: expiresAt, until, hasFailed, because }
  }
  return { ...base, kind: 'ended', at: expiresAt, hasFailed, because }
}

/** The newest thing that still counts for the plan. */
function becauseOf(planCode: string, { charges, grants }: PersonFacts): Because | null {
  const paid = charges
    .filter((one) => one.planCode === planCode && one.status === 'completed')
    .map(
      ({ id, amount, currency, at }) =>
        ({ kind: 'paid', paymentId: id, amount, currency, at }) as const,
    )
  const granted = grants
    .filter((one) => one.planCode === planCode && !one.revokedAt)
    .map(({ by, reason, at }) => ({ kind: 'granted', by, reason, at }) as const)
  return newest<Because>([...paid, ...granted])
}

function takenOf(planCode: string, { charges, grants }: PersonFacts): Taken | null {
  const refunded = charges.flatMap(({ id, amount, currency, refundedAt, request, ...one }) =>
    one.planCode === planCode && refundedAt
      ? [
          {
            kind: 'refunded',
            paymentId: id,
            amount,
            currency,
            at: refundedAt,
            by: request?.by ?? null,
          } as const,
        ]
      : [],
  )
  const revoked = grants.flatMap(({ revokedAt, revokedBy, ...one }) =>
    one.planCode === planCode && revokedAt
      ? [{ kind: 'revoked', by: revokedBy ?? 'system', at: revokedAt } as const]
      : [],
  )
  return newest<Taken>([...refunded, ...revoked])
}

function newest<T extends { at: Date }>(all: T[]): T | null {
  return all.reduce<T | null>((best, one) => (!best || one.at > best.at ? one : best), null)
}

/** What else bears on their access, the weightiest first. */
export function remarksOf(facts: PersonFacts): Remark[] {
  const remarks: Remark[] = []
  if (facts.bannedAt) remarks.push({ kind: 'banned', at: facts.bannedAt })
  if (facts.deletedAt) remarks.push({ kind: 'deleted', at: facts.deletedAt })
  for (const charge of facts.charges) {
    const remark = remarkOf(charge)
    if (remark) remarks.push(remark)
  }
  remarks.push(...triedRemarks(facts))
  const hasNothing = [facts.held, facts.charges, facts.grants].every((all) => all.length === 0)
  if (hasNothing) remarks.push({ kind: 'nothing' })
  return remarks
}

/** "I tried and it did not work": what came to nothing since money last came. */
function triedRemarks({ charges, attempts }: PersonFacts): Remark[] {
  const paidAt = charges.reduce((last, one) => Math.max(last, one.at.getTime()), 0)
  const failed = attempts.failed.filter((one) => one.at.getTime() > paidAt)
  const unpaid = attempts.unpaid.filter((one) => one.at.getTime() > paidAt)
  const remarks: Remark[] = []
  const [lastTry] = failed
  if (lastTry) {
    const { id: paymentId, ...last } = lastTry
    remarks.push({ kind: 'tried', last: { paymentId, ...last }, tries: failed.length })
  }
  const [lastUnpaid] = unpaid
  if (lastUnpaid) {
    const { id: _, ...last } = lastUnpaid
    remarks.push({ kind: 'unpaid', count: unpaid.length, last })
  }
  if (attempts.isCut) remarks.push({ kind: 'attempts_cut' })
  return remarks
}

function remarkOf(charge: ChargeFact): Remark | null {
  const { id, amount, currency, request, status, settledAt } = charge
  const base = { paymentId: id, amount, currency }
  if (request?.state === 'requested' && status !== 'refunded') {
    return { ...base, kind: 'refund_asked', by: request.by }
  }
  if (request?.state === 'failed' && status !== 'refunded') {
    return { ...base, kind: 'refund_failed', problem: request.problem ?? 'unknown' }
  }
  if (status !== 'review') return null
  return settledAt
    ? { ...base, kind: 'left', by: charge.settledBy ?? 'system' }
    : { ...base, kind: 'waits', reason: charge.reason ?? '' }
}
