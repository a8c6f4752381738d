import type { OfferDto, PlanDto } from '@/lib/domain/plans/schema'
import type { Money } from '@/lib/kit/money'

/** A plan that can be bought; `price` is that of its usual way. */
export type Offer = OfferDto & { price: Money }

/** The plans of one tier, as one section of the shop. */
export type TierGroup = {
  key: string
  title: string
  features: string[]
  /** The tier whose features are included as well. */
  includes: string | null
  offers: Offer[]
}

/** What can be bought, by tier; families stay together, in the catalogue's order. */
export function groupPlans(plans: readonly OfferDto[]): TierGroup[] {
  const families = [...new Set(plans.map(({ family }) => family))]
  return families.flatMap((family) => {
    const members = plans.filter((plan) => plan.family === family)
    const tiers = [...new Set(members.map(({ tier }) => tier))]
    return tiers.flatMap((tier) => groupTier(members, tier))
  })
}

function groupTier(family: readonly OfferDto[], tier: number): TierGroup[] {
  const members = family.filter((plan) => plan.tier === tier)
  const [first] = members
  const offers = members.flatMap(toOffer)
  if (!first || offers.length === 0) return []
  const [lower] = family.filter((plan) => plan.tier < tier).sort((a, b) => b.tier - a.tier)
  const features = new Set(members.flatMap((plan) => plan.features))
  return [
    {
      key: `${first.family} ${tier}`,
      title: tierTitleOf(family, first),
      features: [...features].map(featureLabel),
      includes: lower ? tierTitleOf(family, lower) : null,
      offers,
    },
  ]
}

/** What the tier of a plan is called: `Gold` for `Gold, 1 month` and `Gold for life`. */
export function tierTitleOf(plans: readonly PlanDto[], plan: PlanDto): string {
  const tier = plans.filter(({ family, tier }) => family === plan.family && tier === plan.tier)
  return tierTitle(tier.map(({ name }) => name))
}

/** The words that all names begin with; for a single name what stands before its comma. */
function tierTitle(names: readonly string[]): string {
  const [first = '', ...others] = names
  if (others.length === 0) return first.split(',')[0] ?? first
  const words = first.split(' ')
  const plain = (word: string | undefined) => word?.replace(/[,:–-]+$/, '')
  const same = words.findIndex((word, at) =>
    others.some((name) => plain(name.split(' ')[at]) !== plain(word)),
  )
  const common = words.slice(0, same === -1 ? words.length : same).join(' ')
  return plain(common) || (first.split(',')[0] ?? first)
}

/** Features are strings that services check, such as `no_ads`; people read `No ads`. */
function featureLabel(feature: string): string {
  const words = feature.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function toOffer(plan: OfferDto): Offer[] {
  const [way] = plan.ways
  return way ? [{ ...plan, price: way.price }] : []
}
