import { describe, expect, it } from 'vitest'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { groupPlans } from './plan-groups'

const plan = (overrides: Partial<PlanDto>): PlanDto => ({
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
    const groups = groupPlans([plan({ onSale: false }), plan({ ...gold, name: 'Gold, 1 month' })])
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

  it('leaves out what is not on sale or has no price in Stars', () => {
    const retired = plan({ onSale: false })
    const poundsOnly = plan({ tier: 2, prices: [{ currency: 'GBP', amount: 2500 }] })
    expect(groupPlans([retired, poundsOnly])).toEqual([])
  })
})
