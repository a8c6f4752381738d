import type {
  AttemptFact,
  ChargeFact,
  GrantFact,
  PersonFacts,
  SubscriptionFact,
  UnpaidFact,
} from './rules'
import type { Happening } from './schema'

export type Done = { action: string; by: string; reason: string | null; at: Date }

const renewalKinds: Record<string, 'renewal_canceled' | 'renewal_failed'> = {
  canceled: 'renewal_canceled',
  failed: 'renewal_failed',
}

/**
 * Everything that happened to a person, newest first; of one millisecond, what was caused stands before its
 * cause. The facts come newest first too; `done` is what admins did, where it is shown.
 */
export function timelineOf(
  facts: PersonFacts & { since: Date },
  done: readonly Done[],
): Happening[] {
  const all: Happening[] = [
    { kind: 'first_seen', at: facts.since },
    ...facts.attempts.unpaid.toReversed().map(ofUnpaid),
    ...facts.attempts.failed.toReversed().map(ofAttempt),
    ...facts.charges.toReversed().flatMap(ofCharge),
    ...facts.grants.toReversed().flatMap(ofGrant),
    ...facts.subscriptions.toReversed().flatMap(ofSubscription),
    ...done.toReversed().map((one) => ({ kind: 'done', ...one }) as const),
  ]
  if (facts.deletedAt) all.push({ kind: 'deleted', at: facts.deletedAt })
  const isBanTold = done.some((one) => one.action === 'ban_person')
  if (facts.bannedAt && !isBanTold) all.push({ kind: 'banned', at: facts.bannedAt })
  return all.sort((a, b) => a.at.getTime() - b.at.getTime()).reverse()
}

const ofAttempt = ({ id: paymentId, ...attempt }: AttemptFact): Happening => ({
  kind: 'attempt',
  paymentId,
  ...attempt,
})

const ofUnpaid = ({ id: _, ...invoice }: UnpaidFact): Happening => ({ kind: 'unpaid', ...invoice })

function ofCharge(charge: ChargeFact): Happening[] {
  const { id: paymentId, amount, currency, planName, isRenewal, status, at, request } = charge
  const isWaiting = status === 'review' && !charge.settledAt
  const all: Happening[] = [
    { kind: 'charged', paymentId, amount, currency, planName, isRenewal, isWaiting, at },
  ]
  if (charge.settledAt && charge.settledBy) {
    const counts = status !== 'review'
    all.push({
      kind: 'settled',
      paymentId,
      by: charge.settledBy,
      counts,
      at: charge.settledAt,
    })
  }
  if (request) {
    const { by, reason } = request
    all.push({ kind: 'refund_asked', paymentId, by, reason, at: request.at })
  }
  if (charge.refundedAt) {
    all.push({ kind: 'refunded', paymentId, amount, currency, at: charge.refundedAt })
  }
  return all
}

function ofGrant({ planName, days, by, reason, at, revokedAt, revokedBy }: GrantFact): Happening[] {
  const given: Happening = { kind: 'granted', planName, days, by, reason, at }
  if (!revokedAt) return [given]
  return [given, { kind: 'grant_revoked', planName, by: revokedBy ?? 'system', at: revokedAt }]
}

function ofSubscription({ planName, state, stateAt, stoppedAt }: SubscriptionFact): Happening[] {
  const kind = renewalKinds[state]
  const all: Happening[] = kind && stateAt ? [{ kind, planName, at: stateAt }] : []
  if (stoppedAt) all.push({ kind: 'renewal_stopped', planName, at: stoppedAt })
  return all
}
