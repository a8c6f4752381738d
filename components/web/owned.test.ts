import { describe, expect, it } from 'vitest'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { viewHeld, viewOwned, viewTier } from './owned'

const plan = (code: string, name: string, tier: number): PlanDto => ({
  code,
  name,
  description: '',
  features: [],
  family: 'premium',
  tier,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  onSale: true,
  prices: [{ currency: 'XTR', amount: 500 }],
})
const silver = plan('silver_1m', 'Silver, 1 month', 1)
const gold = plan('gold_1m', 'Gold, 1 month', 2)
const facts = {
  plans: [silver, gold],
  now: new Date('2026-03-01T00:00:00Z'),
  renewalWindowDays: 7,
}
const held = (overrides: Partial<EntitlementDto>): EntitlementDto => ({
  plan_code: 'silver_1m',
  features: [],
  active: true,
  status: 'active',
  starts_at: '2026-02-20T00:00:00.000Z',
  expires_at: '2026-03-22T00:00:00.000Z',
  renews: false,
  source: 'stars',
  ...overrides,
})

describe('viewOwned', () => {
  it('says nothing to somebody who has nothing', () => {
    expect(viewOwned(gold, [], facts)).toBeNull()
  })

  it('tells before paying that a lower plan is not credited', () => {
    const view = viewOwned(gold, [held({})], facts)
    expect(view?.note).toContain('Silver, 1 month keeps running beside it')
    expect(view?.note).toContain('not credited')
    expect(view?.note).not.toContain('renew')
  })

  it('tells that the renewal of a lower subscription ends', () => {
    expect(viewOwned(gold, [held({ renews: true })], facts)?.note).toContain('does not renew')
  })

  it('shows the end of what is owned', () => {
    const view = viewOwned(silver, [held({})], facts)
    expect(view?.text).toBe('Active until 22 March 2026')
  })

  it('says that new days follow when the end is near', () => {
    const view = viewOwned(silver, [held({ expires_at: '2026-03-05T00:00:00.000Z' })], facts)
    expect(view?.note).toContain('after 5 March 2026')
  })

  it('names the higher plan that covers a lower one', () => {
    const view = viewOwned(silver, [held({ plan_code: 'gold_1m' })], facts)
    expect(view?.text).toBe('You have Gold, 1 month')
  })
})

describe('viewHeld', () => {
  it('names what one has now, then what starts later, and nothing that is over', () => {
    const entitlements = [
      held({ status: 'scheduled', active: false, starts_at: '2026-04-01T00:00:00.000Z' }),
      held({ plan_code: 'gold_1m' }),
      held({ status: 'expired', active: false }),
      held({ status: 'revoked', active: false }),
    ]
    expect(viewHeld(entitlements, facts.plans)).toEqual([
      { code: 'gold_1m', name: 'Gold, 1 month', text: 'Active until 22 March 2026' },
      { code: 'silver_1m', name: 'Silver, 1 month', text: 'Starts on 1 April 2026' },
    ])
  })

  it.each([
    [{ expires_at: null }, 'Yours for life'],
    [{ renews: true }, 'Renews on 22 March 2026'],
    [{ status: 'grace', renews: true }, 'Waiting for your renewal'],
  ] satisfies [Partial<EntitlementDto>, string][])('says of %j: %s', (overrides, text) => {
    expect(viewHeld([held(overrides)], facts.plans)[0]?.text).toBe(text)
  })
})

describe('viewTier', () => {
  const owned = (entitlements: EntitlementDto[]) =>
    new Map(
      facts.plans.flatMap((each) => {
        const view = viewOwned(each, entitlements, facts)
        return view ? [[each.code, view] as const] : []
      }),
    )

  it('says what changes when one goes up', () => {
    const tier = viewTier([gold], owned([held({})]))
    expect(tier?.isUpgrade).toBe(true)
    expect(tier?.text).toContain('Gold starts right away; Silver, 1 month keeps running beside it')
  })

  it('says what one has, and what that includes', () => {
    expect(viewTier([silver], owned([held({})]))?.text).toBe('You have this')
    const higher = owned([held({ plan_code: 'gold_1m' })])
    expect(viewTier([silver], higher)?.text).toBe('Included in what you have')
    expect(viewTier([gold], higher)).toEqual({ isUpgrade: false, text: 'You have this' })
  })

  it('says nothing to a visitor', () => {
    expect(viewTier([gold], new Map())).toBeNull()
  })
})
