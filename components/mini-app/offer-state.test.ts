import { describe, expect, it } from 'vitest'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { viewOffer } from './offer-state'

const plan = (code: string, name: string, overrides: Partial<PlanDto>): PlanDto => ({
  code,
  name,
  description: '',
  features: [],
  family: 'premium',
  tier: 1,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  onSale: true,
  prices: [],
  ...overrides,
})
const silver = plan('silver_1m', 'Silver, 1 month', {})
const silverMonthly = plan('silver_monthly', 'Silver, monthly', { kind: 'subscription' })
const gold = plan('gold_1m', 'Gold, 1 month', { tier: 2 })
const goldMonthly = plan('gold_monthly', 'Gold, monthly', { tier: 2, kind: 'subscription' })
const facts = {
  plans: [silver, silverMonthly, gold, goldMonthly],
  now: new Date('2026-11-23T12:00:00Z'),
  renewalWindowDays: 7,
}
const priced = (of: PlanDto) => ({ ...of, price: { currency: 'XTR', amount: 450 } })
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
const hintOf = (offer: PlanDto, owned: EntitlementDto[]) =>
  viewOffer(priced(offer), owned, facts)?.hint

describe('what is said before paying', () => {
  it('says what a subscription goes on to cost', () => {
    expect(hintOf(goldMonthly, [])).toBe(
      'You pay ⭐ 450 now and again every 30 days, until you cancel in “My plans”.',
    )
    expect(hintOf(gold, [])).toBeUndefined()
  })

  it('says of an upgrade that it starts now and that the lower plan is not credited', () => {
    expect(hintOf(gold, [has('silver_1m')])).toBe(
      'Gold starts right away. Silver, 1 month keeps running beside it and is not credited.',
    )
  })

  it('says that the renewal of a lower subscription will be cancelled', () => {
    const owned = [has('silver_1m', { expires_at: null }), has('silver_monthly', { renews: true })]
    expect(hintOf(gold, owned)).toMatch(
      /^Gold starts right away\. Silver, monthly keeps .* its renewal will be cancelled\.$/,
    )
  })

  it('says both of a subscription that is an upgrade', () => {
    expect(hintOf(goldMonthly, [has('silver_1m')])).toMatch(/not credited\. You pay ⭐ 450 now/)
  })

  it('does not promise that a subscription waits for the end of what ends soon', () => {
    const soon = has('gold_1m', { expires_at: '2026-11-28T00:00:00.000Z' })
    expect(hintOf(gold, [soon])).toMatch(/new days follow/)
    expect(hintOf(goldMonthly, [soon])).toMatch(/^You pay/)
  })
})
