import { describe, expect, it } from 'vitest'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { ownershipOf } from './ownership'

const plan = (code: string, tier: number, family = 'premium'): PlanDto => ({
  code,
  name: code,
  description: '',
  features: [],
  family,
  tier,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  onSale: true,
  prices: [],
})

const silver = plan('silver_1m', 1)
const gold = plan('gold_1m', 2)
const goldLong = plan('gold_3m', 2)
const coaching = plan('coaching_1m', 1, 'coaching')
const facts = {
  plans: [silver, gold, goldLong, coaching],
  now: new Date('2026-11-23T12:00:00Z'),
  renewalWindowDays: 7,
}

const has = (plan_code: string, overrides: Partial<EntitlementDto> = {}): EntitlementDto => ({
  plan_code,
  features: [],
  active: true,
  status: 'active',
  starts_at: '2026-11-01T00:00:00.000Z',
  expires_at: '2026-12-23T00:00:00.000Z',
  renews: false,
  source: 'stars',
  ...overrides,
})

describe('ownershipOf', () => {
  it('covers the plan itself, its tier and lower tiers', () => {
    const owned = [has('gold_1m')]
    expect(ownershipOf(gold, owned, facts)).toMatchObject({ kind: 'covered', isSamePlan: true })
    expect(ownershipOf(goldLong, owned, facts)).toMatchObject({
      kind: 'covered',
      isSamePlan: false,
    })
    expect(ownershipOf(silver, owned, facts)).toMatchObject({ kind: 'covered', isRenewable: false })
  })

  it('sees an upgrade in a higher tier of the family only', () => {
    expect(ownershipOf(gold, [has('silver_1m')], facts)).toMatchObject({ kind: 'upgrade' })
    expect(ownershipOf(coaching, [has('gold_1m')], facts)).toEqual({ kind: 'none' })
  })

  it('opens for renewal when everything that covers it ends within the window', () => {
    const soon = has('gold_1m', { expires_at: '2026-11-29T00:00:00.000Z' })
    expect(ownershipOf(gold, [soon], facts)).toMatchObject({ isRenewable: true })
    expect(ownershipOf(gold, [{ ...soon, renews: true }], facts)).toMatchObject({
      isRenewable: false,
    })
    expect(ownershipOf(gold, [soon, has('gold_3m')], facts)).toMatchObject({ isRenewable: false })
    expect(ownershipOf(gold, [has('gold_1m', { expires_at: null })], facts)).toMatchObject({
      isRenewable: false,
    })
  })

  it('counts neither past nor scheduled plans', () => {
    const past = has('gold_1m', { active: false, status: 'expired' })
    const future = has('gold_3m', { active: false, status: 'scheduled' })
    expect(ownershipOf(gold, [past, future], facts)).toEqual({ kind: 'none' })
  })
})
