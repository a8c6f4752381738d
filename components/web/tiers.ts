import { tierTitleOf } from '@/components/mini-app/plan-groups'
import type { PlanDto } from '@/lib/domain/plans/schema'
import type { Money } from '@/lib/kit/money'

/** A plan with what each way to pay in a browser costs, as the one price function says. */
export type PricedPlan = PlanDto & { starPrice: Money | null; cardPrice: Money | null }

export type WebOffer = PricedPlan & {
  /** How much cheaper a day is than in the shortest plan of the tier; 0 when it is not. */
  savedPercent: number
}

export type WebTier = {
  key: string
  tier: number
  name: string
  /** The names of its own features, without those of the tiers below. */
  features: string[]
  /** The name of the next tier below, which is included. */
  includes: string | null
  offers: WebOffer[]
}

export type WebFamily = {
  key: string
  name: string
  tiers: WebTier[]
  /** Every feature of the family, and which of the tiers has it. */
  comparison: { name: string; isIn: boolean[] }[]
}

/** What is on sale, by family and tier, in the catalogue's order; tiers from low to high. */
export function groupFamilies(
  plans: readonly PricedPlan[],
  names: ReadonlyMap<string, string>,
): WebFamily[] {
  const families = [...new Set(plans.map(({ family }) => family))]
  return families.flatMap((key) => {
    const members = plans.filter((plan) => plan.family === key)
    const levels = [...new Set(members.map(({ tier }) => tier))].sort((a, b) => a - b)
    const tiers = levels.flatMap((tier) => groupTier(members, tier, names))
    if (tiers.length === 0) return []
    return [{ key, name: label(key, names), tiers, comparison: compare(members, tiers, names) }]
  })
}

/** The plan as it is offered; null when it is retired or there is no way to pay for it. */
export function offerOf(plan: PricedPlan): WebOffer | null {
  if (!plan.onSale || !(plan.starPrice || plan.cardPrice)) return null
  return { ...plan, savedPercent: 0 }
}

/**
 * The least that a tier costs, in Stars where it is sold for them. Amounts of two currencies say
 * nothing about each other, so money is compared within the currency of the first plan.
 */
export function lowestPrice({ offers }: Pick<WebTier, 'offers'>): Money | null {
  const inStars = offers.flatMap(({ starPrice }) => starPrice ?? [])
  const inMoney = offers.flatMap(({ cardPrice }) => cardPrice ?? [])
  const prices = inStars.length > 0 ? inStars : inMoney
  const comparable = prices.filter(({ currency }) => currency === prices[0]?.currency)
  return comparable.toSorted((a, b) => a.amount - b.amount)[0] ?? null
}

/** What a plan includes in words; the tier below stands for what it includes itself. */
export function includedIn(
  plan: PlanDto,
  plans: readonly PlanDto[],
  names: ReadonlyMap<string, string>,
): { includes: string | null; features: string[] } {
  const family = plans.filter(({ family }) => family === plan.family)
  const [lower] = family.filter(({ tier }) => tier < plan.tier).sort((a, b) => b.tier - a.tier)
  return {
    includes: lower ? tierTitleOf(family, lower) : null,
    features: plan.features.map((feature) => label(feature, names)),
  }
}

/** The names of a plan's tier and of the one below it; null for the lowest. */
export function tierNames(plan: PlanDto, plans: readonly PlanDto[]) {
  const { includes } = includedIn(plan, plans, new Map())
  return includes ? { higher: tierTitleOf(plans, plan), lower: includes } : null
}

function groupTier(
  family: readonly PricedPlan[],
  tier: number,
  names: ReadonlyMap<string, string>,
): WebTier[] {
  const members = family.filter((plan) => plan.tier === tier)
  const [first] = members
  const offers = members.flatMap((plan) => offerOf(plan) ?? [])
  if (!first || offers.length === 0) return []
  const { includes } = includedIn(first, family, names)
  const features = [...new Set(members.flatMap((plan) => plan.features))]
  return [
    {
      key: `${first.family} ${tier}`,
      tier,
      name: tierTitleOf(family, first),
      features: features.map((feature) => label(feature, names)),
      includes,
      offers: offers.map((offer) => ({ ...offer, savedPercent: savedPercent(offer, offers) })),
    },
  ]
}

/** Retired tiers count too: what they had is part of the tiers above them. */
function compare(
  family: readonly PlanDto[],
  tiers: readonly WebTier[],
  names: ReadonlyMap<string, string>,
): WebFamily['comparison'] {
  const byTier = family.toSorted((a, b) => a.tier - b.tier)
  const features = [...new Set(byTier.flatMap((plan) => plan.features))]
  return features.map((feature) => {
    const lowest = byTier.find((plan) => plan.features.includes(feature))?.tier ?? Infinity
    return { name: label(feature, names), isIn: tiers.map(({ tier }) => tier >= lowest) }
  })
}

const leastPercent = 5

function savedPercent(offer: WebOffer, offers: readonly WebOffer[]): number {
  const perDay = ({ starPrice, durationDays }: WebOffer) =>
    starPrice && durationDays ? starPrice.amount / durationDays : null
  const [shortest] = offers
    .filter(({ kind, durationDays }) => kind === 'one_off' && durationDays !== null)
    .sort((a, b) => (a.durationDays ?? 0) - (b.durationDays ?? 0))
  const base = shortest && perDay(shortest)
  const own = perDay(offer)
  if (!base || own === null) return 0
  const percent = Math.floor((1 - own / base) * 100 + 1e-9)
  return percent >= leastPercent ? percent : 0
}

/** The owner's name for a code, or the code as words: `no_ads` becomes `No ads`. */
function label(code: string, names: ReadonlyMap<string, string>): string {
  const words = code.replace(/[_-]+/g, ' ').trim()
  return names.get(code) ?? words.charAt(0).toUpperCase() + words.slice(1)
}
