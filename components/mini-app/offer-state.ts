import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { formatMoney, type Money } from '@/lib/kit/money'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { ownershipOf } from './ownership'
import { tierTitleOf } from './plan-groups'
import type { OfferState } from './plan-row'

export type ShopFacts = { plans: readonly PlanDto[]; now: Date; renewalWindowDays: number }

type Priced = PlanDto & { price: Money }

export type OfferView = OfferState & {
  /** What the person should know before paying. */
  hint: string | null
  isRenewal: boolean
}

/** What an offer says to a person with these entitlements; null when there is nothing to say. */
export function viewOffer(
  offer: Priced,
  entitlements: readonly EntitlementDto[],
  facts: ShopFacts,
): OfferView | null {
  const { owned, hint } = miniAppMessages
  const ownership = ownershipOf(offer, entitlements, facts)
  if (ownership.kind === 'none')
    return scheduledView(offer, entitlements) ?? newView(offer, costOf(offer))
  if (ownership.kind === 'upgrade') {
    const from = facts.plans.find(({ code }) => code === ownership.from.plan_code)
    const title = tierTitleOf(facts.plans, offer)
    const upgrade = from ? [hint.upgrade(title, from.name, ownership.from.renews)] : []
    return newView(offer, [...upgrade, ...costOf(offer)])
  }
  const { by, isSamePlan, isSameTier, isRenewable } = ownership
  const other = facts.plans.find(({ code }) => code === by.plan_code)?.name ?? by.plan_code
  return {
    text: isSamePlan ? ownText(by) : isSameTier ? owned.sameTier(other) : owned.included(other),
    isOwned: isSamePlan,
    isSelectable: isRenewable,
    isRenewal: isRenewable && isSamePlan,
    hint: isRenewable ? renewalHint(offer, by) : null,
  }
}

/** A one-off adds its days at the end; a subscription starts at once, beside what ends soon. */
function renewalHint(offer: Priced, by: EntitlementDto): string | null {
  if (offer.kind === 'subscription') return costOf(offer).join()
  return by.expires_at ? miniAppMessages.hint.extend(by.expires_at) : null
}

function scheduledView(offer: Priced, entitlements: readonly EntitlementDto[]): OfferView | null {
  const scheduled = entitlements.find(
    ({ plan_code, status }) => plan_code === offer.code && status === 'scheduled',
  )
  if (!scheduled) return null
  const text = miniAppMessages.owned.startsOn(scheduled.starts_at)
  return { text, isOwned: true, isSelectable: true, isRenewal: false, hint: null }
}

function newView(offer: Priced, hints: string[]): OfferView | null {
  if (hints.length === 0) return null
  const hint = hints.join(' ')
  return { text: durationText(offer), isOwned: false, isSelectable: true, isRenewal: false, hint }
}

/** What a subscription goes on to cost. */
function costOf(offer: Priced): string[] {
  if (offer.kind !== 'subscription') return []
  return [miniAppMessages.hint.renewing(formatMoney(offer.price), periodOf(offer))]
}

/** `30 days`: how often a subscription is paid. */
export function periodOf({ durationDays }: PlanDto): string {
  return miniAppMessages.duration.days(durationDays ?? 0)
}

/** The end of a running entitlement in words. */
export function ownText({ status, expires_at, renews }: EntitlementDto): string {
  const { owned } = miniAppMessages
  if (expires_at === null) return owned.forLife
  if (status === 'grace') return owned.graceUntil
  return renews ? owned.renewsOn(expires_at) : owned.activeUntil(expires_at)
}

/** How long a plan runs, in words. */
export function durationText({ durationDays, kind }: PlanDto): string {
  const { duration } = miniAppMessages
  if (durationDays === null) return duration.forLife
  return kind === 'subscription' ? duration.renewing : duration.days(durationDays)
}
