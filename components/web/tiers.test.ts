import { describe, expect, it } from 'vitest'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { groupFamilies, includedIn, offerOf } from './tiers'

const plan = (overrides: Partial<PlanDto>): PlanDto => ({
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
  prices: [{ currency: 'XTR', amount: 500 }],
  ...overrides,
})
const silver = plan({ code: 'silver_1m', name: 'Silver, 1 month', tier: 1, features: ['no_ads'] })
const gold3 = plan({
  code: 'gold_3m',
  name: 'Gold, 3 months',
  durationDays: 90,
  prices: [{ currency: 'XTR', amount: 1300 }],
})
const coaching = plan({
  code: 'coaching_1m',
  name: 'Coaching, 1 month',
  family: 'coaching',
  tier: 1,
  features: ['coaching'],
  prices: [{ currency: 'GBP', amount: 2500 }],
})
const stars = { takesCards: false }
const cards = { takesCards: true }
const none = new Map<string, string>()

describe('groupFamilies', () => {
  it('shows tiers from low to high, each with what it includes', () => {
    const [family] = groupFamilies([plan({}), gold3, silver], none, stars)
    expect(family?.tiers.map(({ name, includes, features }) => [name, includes, features])).toEqual(
      [
        ['Silver', null, ['No ads']],
        ['Gold', 'Silver', ['Early access']],
      ],
    )
  })

  it('compares tiers: a higher one has everything of the lower', () => {
    const [family] = groupFamilies([plan({}), silver], none, stars)
    expect(family?.comparison).toEqual([
      { name: 'No ads', isIn: [true, true] },
      { name: 'Early access', isIn: [false, true] },
    ])
  })

  it('counts what a retired lower tier had among what the higher one has', () => {
    const [family] = groupFamilies([plan({}), { ...silver, onSale: false }], none, stars)
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
    const [family] = groupFamilies([silver], names, stars)
    expect(family?.name).toBe('Reading')
    expect(family?.tiers[0]?.features).toEqual(['Not one advert'])
  })

  it('hides what is retired and families of which nothing is left', () => {
    expect(groupFamilies([plan({ onSale: false })], none, stars)).toEqual([])
  })

  it('shows a plan without a price in Stars only where cards are taken', () => {
    expect(groupFamilies([coaching], none, stars)).toEqual([])
    const [family] = groupFamilies([coaching], none, cards)
    expect(family?.tiers[0]?.offers[0]?.cardPrice).toEqual({ currency: 'GBP', amount: 2500 })
  })

  it('says truly how much longer plans save', () => {
    const monthly = plan({
      code: 'gold_monthly',
      kind: 'subscription',
      prices: [{ currency: 'XTR', amount: 450 }],
    })
    const lifetime = plan({ code: 'lifetime', durationDays: null })
    const [family] = groupFamilies([plan({}), gold3, monthly, lifetime], none, stars)
    expect(family?.tiers[0]?.offers.map(({ savedPercent }) => savedPercent)).toEqual([0, 13, 10, 0])
  })
})

describe('offerOf', () => {
  it('offers nothing of a retired plan', () => {
    expect(offerOf(plan({ onSale: false }), cards)).toBeNull()
  })
})

describe('includedIn', () => {
  it('names the tier below even when that is retired', () => {
    const { includes } = includedIn(plan({}), [plan({}), { ...silver, onSale: false }], none)
    expect(includes).toBe('Silver')
  })
})
