import { ownershipOf } from '@/components/mini-app/ownership'
import { tierTitleOf } from '@/components/mini-app/plan-groups'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { webMessages } from '@/lib/messages/web'

export type OwnedFacts = { plans: readonly PlanDto[]; now: Date; renewalWindowDays: number }

/** What a person has of a plan in a few words, and what buying it would do. */
export type OwnedView = {
  /** Whether they have a lower tier, this one, or a higher one that includes it. */
  kind: 'upgrade' | 'same' | 'included'
  text: string | null
  note: string
}

/** Something that a person has now or will have, in a few words. */
export type HeldView = { code: string; name: string; text: string }

/** What they have now, and then what starts later. */
export function viewHeld(
  entitlements: readonly EntitlementDto[],
  plans: readonly PlanDto[],
): HeldView[] {
  const { owned } = webMessages
  const running = entitlements.filter(({ active }) => active)
  const later = entitlements.filter(({ status }) => status === 'scheduled')
  return [...running, ...later].map((one) => ({
    code: one.plan_code,
    name: nameIn(plans, one.plan_code),
    text: one.active ? endOf(one) : owned.startsOn(one.starts_at),
  }))
}

/** What a tier means to a person: that they have it, or what changes when they go up to it. */
export function viewTier(
  offers: readonly { code: string }[],
  owned: ReadonlyMap<string, OwnedView>,
): { isUpgrade: boolean; text: string } | null {
  const [view] = offers.flatMap(({ code }) => owned.get(code) ?? [])
  if (!view) return null
  if (view.kind === 'upgrade') return { isUpgrade: true, text: view.note }
  return { isUpgrade: false, text: webMessages.owned.tier[view.kind] }
}

/** Null when they have nothing of its family. */
export function viewOwned(
  plan: PlanDto,
  entitlements: readonly EntitlementDto[],
  facts: OwnedFacts,
): OwnedView | null {
  const { owned } = webMessages
  const ownership = ownershipOf(plan, entitlements, facts)
  const nameOf = (code: string) => nameIn(facts.plans, code)
  if (ownership.kind === 'none') return null
  if (ownership.kind === 'upgrade') {
    const { plan_code, renews } = ownership.from
    const note = owned.upgrade(tierTitleOf(facts.plans, plan), nameOf(plan_code), renews)
    return { kind: 'upgrade', text: null, note }
  }
  const { by, isSameTier, isSamePlan, isRenewable } = ownership
  const kind = isSameTier ? 'same' : 'included'
  const text = isSamePlan ? endOf(by) : owned.covered(nameOf(by.plan_code))
  if (!isRenewable) return { kind, text, note: owned.enough(nameOf(by.plan_code), endOf(by)) }
  return { kind, text, note: by.expires_at ? owned.extend(by.expires_at) : text }
}

function nameIn(plans: readonly PlanDto[], code: string): string {
  return plans.find((each) => each.code === code)?.name ?? code
}

function endOf({ status, expires_at, renews }: EntitlementDto): string {
  const { owned } = webMessages
  if (expires_at === null) return owned.forLife
  if (status === 'grace') return owned.grace
  return renews ? owned.renewsOn(expires_at) : owned.activeUntil(expires_at)
}
