import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'

/** What a person already has of a plan on offer. The server judges again when they buy. */
export type Ownership =
  | { kind: 'none' }
  /** A lower tier is running: buying this one starts now, without credit. */
  | { kind: 'upgrade'; from: EntitlementDto }
  /** Covered by this plan, another of its tier, or a higher one. */
  | {
      kind: 'covered'
      by: EntitlementDto
      isSameTier: boolean
      isSamePlan: boolean
      isRenewable: boolean
    }

const dayMs = 86_400_000

export function ownershipOf(
  plan: PlanDto,
  entitlements: readonly EntitlementDto[],
  facts: { plans: readonly PlanDto[]; now: Date; renewalWindowDays: number },
): Ownership {
  const family = entitlements.flatMap((entitlement) => {
    const owned = facts.plans.find(({ code }) => code === entitlement.plan_code)
    return entitlement.active && owned?.family === plan.family
      ? [{ entitlement, tier: owned.tier }]
      : []
  })
  const covering = family
    .filter(({ tier }) => tier >= plan.tier)
    .map(({ entitlement }) => entitlement)
    .sort((a, b) => endOf(b) - endOf(a))
  const by = covering.find(({ plan_code }) => plan_code === plan.code) ?? covering[0]
  if (by) {
    const horizon = facts.now.getTime() + facts.renewalWindowDays * dayMs
    return {
      kind: 'covered',
      by,
      isSameTier: family.some((each) => each.entitlement === by && each.tier === plan.tier),
      isSamePlan: by.plan_code === plan.code,
      isRenewable: covering.every((each) => !each.renews && endOf(each) <= horizon),
    }
  }
  const lower = family.map(({ entitlement }) => entitlement).sort((a, b) => endOf(b) - endOf(a))
  // A running renewal is what costs money, so it is the one to name.
  const from = lower.find(({ renews }) => renews) ?? lower[0]
  return from ? { kind: 'upgrade', from } : { kind: 'none' }
}

function endOf(entitlement: EntitlementDto): number {
  return entitlement.expires_at === null ? Infinity : Date.parse(entitlement.expires_at)
}
