import type { PlanKind } from '@/lib/domain/plans/schema'
import { addDays, addSeconds } from '@/lib/kit/period'
import type { ReminderKind } from './schema'

/** An entitlement with what its plan says. `expiresAt: null` is lifetime. */
export type HeldPlan = {
  planCode: string
  family: string
  tier: number
  kind: PlanKind
  startsAt: Date
  expiresAt: Date | null
  renews: boolean
  revokedAt: Date | null
}

/** One kind of reminder and the ends it is due for: later than `after`, not later than `upTo`. */
export type Slot = { kind: ReminderKind; daysBefore: number; after: Date; upTo: Date }

export type At = { now: Date; graceHours: number; reminderDays: readonly number[] }

/** An outage of the worker must not tell people what they have known for long. */
export const lateDaysMax = 3

/**
 * What is due now, by the end of a plan. The slots before the end do not overlap: of several
 * reminders that are due, the one nearest to the end is said and the others are out of date.
 */
export function slotsAt(at: At): Slot[] {
  const { now } = at
  const days = [...new Set(at.reminderDays)].sort((a, b) => a - b)
  const before = days.map((daysBefore, index) => ({
    kind: 'before_end' as const,
    daysBefore,
    after: addDays(now, days[index - 1] ?? 0),
    upTo: addDays(now, daysBefore),
  }))
  const after = addSeconds(addDays(now, -lateDaysMax), -at.graceHours * 3600)
  return [...before, { kind: 'ended' as const, daysBefore: 0, after, upTo: now }]
}

/** Whether this plan's end is to be told now, given what else the person holds. */
export function isDue(
  one: HeldPlan,
  others: readonly HeldPlan[],
  slot: Pick<Slot, 'kind' | 'daysBefore'>,
  at: At,
): boolean {
  const { expiresAt } = one
  if (!expiresAt || one.revokedAt || one.startsAt > at.now) return false
  if (others.some((other) => runsOnBeyond(other, one, expiresAt, at))) return false
  if (slot.kind === 'ended') {
    const endedAt = endOf(one, expiresAt, at)
    return endedAt <= at.now && endedAt > addDays(at.now, -lateDaysMax)
  }
  if (one.kind !== 'one_off' || one.renews || expiresAt <= at.now) return false
  const dueAt = addDays(expiresAt, -slot.daysBefore)
  // What was due before the plan began would only repeat the receipt.
  if (dueAt > at.now || dueAt <= one.startsAt) return false
  return !at.reminderDays.some(
    (days) => days < slot.daysBefore && addDays(expiresAt, -days) <= at.now,
  )
}

/** When a plan stops to work: a renewal that is late has its grace first. */
function endOf(one: HeldPlan, expiresAt: Date, at: At): Date {
  return one.renews ? addSeconds(expiresAt, at.graceHours * 3600) : expiresAt
}

function runsOnBeyond(other: HeldPlan, one: HeldPlan, end: Date, at: At): boolean {
  if (other.family !== one.family || other.tier < one.tier) return false
  if (other.planCode === one.planCode || other.revokedAt) return false
  if (!other.expiresAt || other.expiresAt > end) return true
  if (other.renews && endOf(other, other.expiresAt, at) > at.now) return true
  // Two plans that end together are one message: of the higher tier, or the first by name.
  return (
    other.expiresAt.getTime() === end.getTime() &&
    (other.tier > one.tier || other.planCode < one.planCode)
  )
}
