import { ownershipOf } from '@/components/mini-app/ownership'
import { tierTitleOf } from '@/components/mini-app/plan-groups'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { webMessages } from '@/lib/messages/web'

export type OwnedFacts = { plans: readonly PlanDto[]; now: Date; renewalWindowDays: number }

/** What a person has of a plan in a few words, and what buying it would do. */
export type OwnedView = { text: string | null; note: string }

/** Null when they have nothing of its family. */
export function viewOwned(
  plan: PlanDto,
  entitlements: readonly EntitlementDto[],
  facts: OwnedFacts,
): OwnedView | null {
  const { owned } = webMessages
  const ownership = ownershipOf(plan, entitlements, facts)
  const nameOf = (code: string) => facts.plans.find((each) => each.code === code)?.name ?? code
  if (ownership.kind === 'none') return null
  if (ownership.kind === 'upgrade') {
    const { plan_code, renews } = ownership.from
    const note = owned.upgrade(tierTitleOf(facts.plans, plan), nameOf(plan_code), renews)
    return { text: null, note }
  }
  const { by, isSamePlan, isRenewable } = ownership
  const text = isSamePlan ? endOf(by) : owned.covered(nameOf(by.plan_code))
  if (!isRenewable) return { text, note: owned.enough(nameOf(by.plan_code), endOf(by)) }
  return { text, note: by.expires_at ? owned.extend(by.expires_at) : text }
}

function endOf({ status, expires_at, renews }: EntitlementDto): string {
  const { owned } = webMessages
  if (expires_at === null) return owned.forLife
  if (status === 'grace') return owned.grace
  return renews ? owned.renewsOn(expires_at) : owned.activeUntil(expires_at)
}
