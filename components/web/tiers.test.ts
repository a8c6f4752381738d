import { describe, expect, it } from 'vitest'
import { groupFamilies, includedIn, lowestPrice, offerOf, type PricedPlan } from './tiers'

const inStars = (amount: number) => ({ currency: 'XTR', amount })
const plan = (overrides: Partial<PricedPlan>): PricedPlan => ({
  code: 'gold_1m',
  name: 'Gold, 1 month',
  description: 'Gold for 30 days.',
  features: ['early_access'],
  family: 'premium',
  tier: 2,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  onSale: true,
  prices: [],
  starPrice: inStars(500),
  cardPrice: null,
  ...overrides,
})
const silver = plan({ code: 'silver_1m', name: 'Silver, 1 month', tier: 1, features: ['no_ads'] })
const gold3 = plan({
  code: 'gold_3m',
  name: 'Gold, 3 months',
  durationDays: 90,
  starPrice: inStars(1300),
})
const coaching = plan({
  code: 'coaching_1m',
  name: 'Coaching, 1 month',
  family: 'coaching',
  tier: 1,
  features: ['coaching'],
  starPrice: null,
  cardPrice: { currency: 'GBP', amount: 2500 },
})
const none = new Map<string, string>()

describe('groupFamilies', () => {
  it('shows tiers from low to high, each with what it includes', () => {
    const [family] = groupFamilies([plan({}), gold3, silver], none)
    expect(family?.tiers.map(({ name, includes, features }) => [name, includes, features])).toEqual(
      [
        ['Silver', null, ['No ads']],
        ['Gold', 'Silver', ['Early access']],
      ],
    )
  })

  it('compares tiers: a higher one has everything of the lower', () => {
    const [family] = groupFamilies([plan({}), silver], none)
    expect(family?.comparison).toEqual([
      { name: 'No ads', isIn: [true, true] },
      { name: 'Early access', isIn: [false, true] },
    ])
  })

  it('counts what a retired lower tier had among what the higher one has', () => {
    const [family] = groupFamilies([plan({}), { ...silver, onSale: false }], none)
    expect(family?.comparison).toEqual([
      { name: 'No ads', isIn: [true] },
      { name: 'Early access', isIn: [true] },
    ])
  })

  it('uses the names the owner gave to features and families', () => {
    const names = new Map([
      ['no_ads', 'Not one advert'],
      ['premium', 'Reading'],
    ])
    const [family] = groupFamilies([silver], names)
    expect(family?.name).toBe('Reading')
    expect(family?.tiers[0]?.features).toEqual(['Not one advert'])
  })

  it('hides what is retired and families of which nothing is left', () => {
    expect(groupFamilies([plan({ onSale: false })], none)).toEqual([])
  })

  it('shows a plan that has a price, whichever that is, and no other', () => {
    expect(groupFamilies([plan({ starPrice: null })], none)).toEqual([])
    const [family] = groupFamilies([coaching], none)
    expect(family?.tiers[0]?.offers[0]?.cardPrice).toEqual({ currency: 'GBP', amount: 2500 })
  })

  it('says truly how much longer plans save', () => {
    const monthly = plan({
      code: 'gold_monthly',
      kind: 'subscription',
      starPrice: inStars(450),
    })
    const lifetime = plan({ code: 'lifetime', durationDays: null })
    const [family] = groupFamilies([plan({}), gold3, monthly, lifetime], none)
    expect(family?.tiers[0]?.offers.map(({ savedPercent }) => savedPercent)).toEqual([0, 13, 10, 0])
  })
})

describe('offerOf', () => {
  it('offers nothing of a retired plan', () => {
    expect(offerOf(plan({ onSale: false }))).toBeNull()
  })
})

describe('lowestPrice', () => {
  const offers = (...plans: Partial<PricedPlan>[]) => ({
    offers: plans.map((each) => ({ ...plan(each), savedPercent: 0 })),
  })
  const money = (currency: string, amount: number) => ({
    starPrice: null,
    cardPrice: { currency, amount },
  })

  it('is the least in Stars, whatever smaller number another currency has', () => {
    const tier = offers(money('GBP', 25), { starPrice: inStars(1300) }, { starPrice: inStars(500) })
    expect(lowestPrice(tier)).toEqual(inStars(500))
  })

  it('counts Stars alone where plans have both prices', () => {
    const tier = offers({ starPrice: inStars(500), cardPrice: { currency: 'KWD', amount: 1 } })
    expect(lowestPrice(tier)).toEqual(inStars(500))
  })

  it('compares money with money of the same currency only', () => {
    const tier = offers(money('GBP', 2500), money('JPY', 900), money('GBP', 2000))
    expect(lowestPrice(tier)).toEqual({ currency: 'GBP', amount: 2000 })
  })
})

describe('includedIn', () => {
  it('names the tier below even when that is retired', () => {
    const { includes } = includedIn(plan({}), [plan({}), { ...silver, onSale: false }], none)
    expect(includes).toBe('Silver')
  })
})
