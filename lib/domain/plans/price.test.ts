import { describe, expect, it } from 'vitest'
import { priceFor, type Rails, waysToBuy, whyNoPrice } from './price'
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

describe('priceFor', () => {
  const allRails = { hasProviderToken: true, takesCards: true }

  it.each([
    ['a service', {}],
    ['something digital', { goods: 'digital' }],
    ['what renews by itself', { kind: 'subscription' }],
  ] satisfies [string, Partial<PlanDto>][])(
    'lets the browser take a card for %s',
    (_, overrides) => {
      expect(priceFor(plan({ prices: [xtr, gbp], ...overrides }), 'stripe', allRails)).toEqual(gbp)
    },
  )

  it('takes no card in the browser where the shop has none, whatever Telegram may', () => {
    expect(priceFor(plan(), 'stripe', withCards)).toBeNull()
  })

  it('never charges a card in Stars, nor Stars in money', () => {
    expect(priceFor(plan({ prices: [xtr] }), 'stripe', allRails)).toBeNull()
    expect(priceFor(plan({ prices: [xtr] }), 'telegram', allRails)).toBeNull()
    expect(priceFor(plan({ prices: [gbp] }), 'stars', allRails)).toBeNull()
    expect(waysToBuy(plan({ prices: [gbp] }), withCards)).toEqual([
      { method: 'telegram', price: gbp },
    ])
  })
})

describe('whyNoPrice', () => {
  it('names the plan and the method that lacks a price', () => {
    expect(whyNoPrice(plan(), 'stripe', withCards)).toBe(
      'coaching_1m cannot be paid by card in this shop.',
    )
    expect(whyNoPrice(plan({ prices: [gbp] }), 'stars', withCards)).toBe(
      'coaching_1m has no price in Stars.',
    )
  })

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
