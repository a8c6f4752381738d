import { describe, expect, it } from 'vitest'
import type { OfferDto } from '@/lib/domain/plans/schema'
import { groupPlans } from './plan-groups'

const plan = (overrides: Partial<OfferDto>): OfferDto => ({
  code: 'silver_1m',
  name: 'Silver, 1 month',
  description: '',
  features: ['no_ads'],
  family: 'premium',
  tier: 1,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  onSale: true,
  prices: [{ currency: 'XTR', amount: 250 }],
  ways: [{ method: 'stars', price: { currency: 'XTR', amount: 250 } }],
  ...overrides,
})

const gold = { tier: 2, features: ['private_group', 'archive'] }

describe('groupPlans', () => {
  it('makes one section per tier and names it by what the names share', () => {
    const groups = groupPlans([
      plan({}),
      plan({ code: 'silver_3m', name: 'Silver, 3 months' }),
      plan({ ...gold, code: 'gold_1m', name: 'Gold, 1 month' }),
      plan({ ...gold, code: 'lifetime', name: 'Gold for life', durationDays: null }),
    ])
    expect(groups.map(({ title, offers }) => [title, offers.map(({ code }) => code)])).toEqual([
      ['Silver', ['silver_1m', 'silver_3m']],
      ['Gold', ['gold_1m', 'lifetime']],
    ])
  })

  it('says what a tier adds and which one it includes, even if that is no longer sold', () => {
    const groups = groupPlans([plan({ ways: [] }), plan({ ...gold, name: 'Gold, 1 month' })])
    expect(groups).toMatchObject([
      { title: 'Gold', includes: 'Silver', features: ['Private group', 'Archive'] },
    ])
  })

  it('keeps families together', () => {
    const groups = groupPlans([
      plan({}),
      plan({ family: 'coaching', name: 'Coaching' }),
      plan({ ...gold, name: 'Gold' }),
    ])
    expect(groups.map(({ title }) => title)).toEqual(['Silver', 'Gold', 'Coaching'])
  })

  it('leaves out what cannot be bought, and prices the rest by its usual way', () => {
    const pounds = { method: 'telegram', price: { currency: 'GBP', amount: 2500 } } as const
    const cardOnly = plan({ tier: 2, ways: [pounds] })
    expect(groupPlans([plan({ ways: [] }), cardOnly])).toMatchObject([
      { offers: [{ price: pounds.price }] },
    ])
  })
})
