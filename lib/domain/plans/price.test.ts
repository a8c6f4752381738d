import { describe, expect, it } from 'vitest'
import { type Rails, waysToBuy, whyNoPrice } from './price'
import type { PlanDto } from './schema'

const xtr = { currency: 'XTR', amount: 1900 }
const gbp = { currency: 'GBP', amount: 2500 }

const plan = (overrides: Partial<PlanDto> = {}): PlanDto => ({
  code: 'coaching_1m',
  name: 'Coaching, 1 month',
  description: '',
  features: [],
  family: 'coaching',
  tier: 1,
  kind: 'one_off',
  durationDays: 30,
  goods: 'physical',
  onSale: true,
  prices: [gbp, xtr],
  ...overrides,
})
const withCards = { hasProviderToken: true, takesCards: false }
const withoutCards = { hasProviderToken: false, takesCards: false }

describe('waysToBuy', () => {
  it('offers a service for Stars and by card, each at its own price', () => {
    expect(waysToBuy(plan(), withCards)).toEqual([
      { method: 'stars', price: xtr },
      { method: 'telegram', price: gbp },
    ])
  })

  it.each([
    ['without a provider token', {}, withoutCards],
    ['for anything digital', { goods: 'digital' }, withCards],
    ['for what renews by itself', { kind: 'subscription' }, withCards],
    ['without a price in such a currency', { prices: [xtr] }, withCards],
  ] satisfies [string, Partial<PlanDto>, Rails][])(
    'offers only Stars %s',
    (_, overrides, rails) => {
      const ways = waysToBuy(plan({ prices: [gbp, xtr], ...overrides }), rails)
      expect(ways).toEqual([{ method: 'stars', price: xtr }])
    },
  )

  it('offers nothing of a retired plan', () => {
    expect(waysToBuy(plan({ onSale: false }), withCards)).toEqual([])
  })
})

describe('whyNoPrice', () => {
  it.each([
    [/only for physical goods and real-world services/, { goods: 'digital' }, withCards],
    [/for Stars only/, { kind: 'subscription' }, withCards],
    [/TELEGRAM_PROVIDER_TOKEN is not set/, {}, withoutCards],
    [/no price in a currency/, { prices: [] }, withCards],
  ] satisfies [RegExp, Partial<PlanDto>, Rails][])('says %s', (text, overrides, rails) => {
    const refused = plan({ prices: [gbp], ...overrides })
    expect(whyNoPrice(refused, 'telegram', rails)).toMatch(text)
  })
})
