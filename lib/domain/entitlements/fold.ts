import type { PlanKind } from '@/lib/domain/plans/schema'
import { addDays } from '@/lib/kit/period'
import type { EntitlementSource } from './schema'

/** One unrefunded charge, with what was sold as it was then. */
export type FoldCharge = {
  chargeId: string
  chargedAt: Date
  planCode: string
  tier: number
  kind: PlanKind
  /** Null: lifetime. Ignored for subscriptions. */
  days: number | null
  /** Set for subscriptions. */
  subscriptionExpiresAt: Date | null
  /** Whether the charge's subscription will be charged again. */
  renews: boolean
  source: EntitlementSource
}

/** What a person has of one plan. `expiresAt: null` is lifetime. */
export type FoldedEntitlement = {
  planCode: string
  startsAt: Date
  expiresAt: Date | null
  renews: boolean
  source: EntitlementSource
}

/** `chargedAgainAt`: when the subscription that says whether it renews is charged next. */
type Period = FoldedEntitlement & { tier: number; chargedAgainAt: Date | null }

/**
 * What the unrefunded charges of one person in one family amount to, one entry per plan. The order
 * of arrival does not matter: charges are taken by (charged at, charge id). A timed one-off adds its
 * days from the later of its charge and the end of the same or a higher tier; a higher tier starts
 * at once and the lower one keeps running.
 */
export function foldCharges(charges: readonly FoldCharge[]): FoldedEntitlement[] {
  const periods = new Map<string, Period>()
  for (const charge of [...charges].sort(byCharge)) {
    const period = periodOf(charge, [...periods.values()])
    if (!period) continue
    const own = periods.get(charge.planCode)
    periods.set(charge.planCode, own ? join(own, period, charge) : period)
  }
  return [...periods.values()].map(({ tier: _, chargedAgainAt: __, ...entitlement }) => entitlement)
}

type Placed = Pick<FoldCharge, 'chargedAt' | 'chargeId'>

/** The order in which charges count: by date, and by id within the same second. */
export function byCharge(a: Placed, b: Placed): number {
  return (
    a.chargedAt.getTime() - b.chargedAt.getTime() ||
    (a.chargeId < b.chargeId ? -1 : a.chargeId > b.chargeId ? 1 : 0)
  )
}

/** Null when the charge adds nothing, because the same or a higher tier is held for life. */
function periodOf(charge: FoldCharge, held: Period[]): Period | null {
  const { planCode, tier, source, chargedAt } = charge
  const base = { planCode, tier, source, chargedAgainAt: null }
  if (charge.kind === 'subscription') {
    const expiresAt = charge.subscriptionExpiresAt ?? chargedAt
    return {
      ...base,
      startsAt: chargedAt,
      expiresAt,
      renews: charge.renews,
      chargedAgainAt: expiresAt,
    }
  }
  if (charge.days === null) return { ...base, startsAt: chargedAt, expiresAt: null, renews: false }
  let startsAt = chargedAt
  for (const period of held) {
    if (period.tier < tier) continue
    if (period.expiresAt === null) return null
    if (period.expiresAt > startsAt) startsAt = period.expiresAt
  }
  return { ...base, startsAt, expiresAt: addDays(startsAt, charge.days), renews: false }
}

/** A plan bought again while it is held goes on; after a lapse it begins anew. */
function join(own: Period, added: Period, charge: FoldCharge): Period {
  const isHeld = own.expiresAt === null || own.expiresAt >= charge.chargedAt
  const before = isHeld ? own : { ...own, startsAt: added.startsAt, ...noRenewal }
  const { renews, chargedAgainAt } = isChargedLater(before, added) ? before : added
  return {
    ...added,
    startsAt: before.startsAt,
    expiresAt: latest(own.expiresAt, added.expiresAt),
    renews,
    chargedAgainAt,
  }
}

const noRenewal = { renews: false, chargedAgainAt: null }

/** Days that were bought or given beside a subscription say nothing about its renewal. */
function isChargedLater(one: Period, other: Period): boolean {
  if (one.chargedAgainAt === null) return false
  return other.chargedAgainAt === null || one.chargedAgainAt > other.chargedAgainAt
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return null
  return a > b ? a : b
}
