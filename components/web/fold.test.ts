import { describe, expect, it } from 'vitest'
import { belowFold } from './fold'
import type { WebFamily, WebOffer, WebTier } from './tiers'

const tier = (key: string, offers: number, features: number): WebTier => ({
  key,
  tier: 1,
  name: key,
  features: Array.from({ length: features }, (_, index) => `feature ${index}`),
  includes: null,
  offers: Array.from({ length: offers }, () => ({}) as WebOffer),
})
const family = (key: string, ...tiers: WebTier[]): WebFamily => ({
  key,
  name: key,
  tiers,
  comparison: [],
})

describe('belowFold', () => {
  it('names later families and the offers of later tiers of a long catalogue', () => {
    const premium = family('premium', tier('silver', 2, 2), tier('gold', 4, 4))
    const found = belowFold([premium, family('coaching', tier('coach', 1, 1))])
    expect([...found]).toEqual(['gold', 'coaching'])
  })

  it('names nothing of a short one, of which a phone shows all', () => {
    const premium = family('premium', tier('silver', 1, 1), tier('gold', 1, 1))
    expect(belowFold([premium]).size).toBe(0)
    expect(belowFold([family('one', tier('only', 9, 9))]).size).toBe(0)
    expect(belowFold([]).size).toBe(0)
  })
})
