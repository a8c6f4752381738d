import { describe, expect, it } from 'vitest'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PaymentDto } from '@/lib/domain/payments/schema'
import { describePlan, viewPlans } from './view'

const end = '2026-03-01T23:30:00.000Z'
const plans = [
  { code: 'gold_monthly', name: 'Gold, monthly', kind: 'subscription' as const },
  { code: 'gold_1m', name: 'Gold, 1 month', kind: 'one_off' as const },
]
const held = (overrides: Partial<EntitlementDto> = {}): EntitlementDto => ({
  plan_code: 'gold_monthly',
  features: [],
  active: true,
  status: 'active',
  starts_at: '2026-01-30T12:00:00.000Z',
  expires_at: end,
  renews: true,
  source: 'stars',
  ...overrides,
})
const paid = (amount: number, currency: string, overrides: Partial<PaymentDto> = {}) => ({
  id: '01900000-0000-7000-8000-000000000000',
  plan_code: 'gold_monthly',
  amount,
  currency,
  status: 'completed' as const,
  charged_at: '2026-01-30T12:00:00.000Z',
  ...overrides,
})
const wordsOf = (
  entitlement: EntitlementDto,
  payments: PaymentDto[] = [],
  zone = 'UTC',
  failed: string[] = [],
) => viewPlans([entitlement], payments, plans, failed).map((view) => describePlan(view, zone))[0]

describe('what the account says of a plan', () => {
  it('names where the next charge comes from, and the price of the last one there', () => {
    const payments = [
      paid(1, 'XTR', { status: 'refunded' }),
      paid(699, 'GBP'),
      paid(450, 'XTR'),
      paid(400, 'XTR'),
    ]
    expect(wordsOf(held(), payments)).toMatchObject({
      status: 'Active, renews on 1 March 2026',
      more: 'The next charge, 450 Stars, is taken from your Telegram Stars on 1 March 2026.',
    })
    expect(wordsOf(held({ source: 'stripe' }), payments)?.more).toBe(
      'The next charge, £6.99, is taken from your card at Stripe on 1 March 2026.',
    )
    expect(wordsOf(held(), [])?.more).not.toContain('null')
  })

  it('tells days in the zone of the reader', () => {
    expect(wordsOf(held(), [], 'Asia/Tokyo')?.status).toBe('Active, renews on 2 March 2026')
  })

  it('says that nothing more is charged where nothing renews', () => {
    for (const one of [held({ renews: false }), held({ plan_code: 'gold_1m', renews: false })])
      expect(wordsOf(one)).toMatchObject({
        status: 'Active until 1 March 2026',
        more: expect.stringContaining('nothing more is charged'),
      })
  })

  it('asks for Stars or for the card when a renewal failed', () => {
    const failed = (source: 'stars' | 'stripe') =>
      wordsOf(held({ status: 'grace', source }), [], 'UTC', ['gold_monthly'])
    expect(failed('stars')).toMatchObject({
      status: 'Active, but the renewal of 1 March 2026 has not been paid',
      more: expect.stringContaining('enough Stars'),
      tone: 'warning',
    })
    expect(failed('stripe')?.more).toContain('Manage card')
  })

  it('says of a renewal that only takes its time that it is under way', () => {
    const renewing = (source: 'stars' | 'stripe') =>
      wordsOf(held({ status: 'grace', source }), [], 'UTC', ['another_plan'])
    for (const words of [renewing('stars'), renewing('stripe')])
      expect(words).toMatchObject({
        status: 'Active, being renewed since 1 March 2026',
        tone: 'plain',
      })
    expect(renewing('stripe')?.more).toContain('nothing for you to do')
  })

  it('offers the end of a renewal that Stripe still tries after the plan is over, and of no other', () => {
    const over = (source: 'stars' | 'stripe') =>
      held({ status: 'expired', active: false, renews: true, source })
    const unpaid = wordsOf(over('stripe'), [], 'UTC', ['gold_monthly'])
    expect(unpaid).toMatchObject({ status: 'Ended on 1 March 2026', tone: 'warning' })
    expect(unpaid?.more).toContain('cancel the renewal')
    for (const words of [
      wordsOf(over('stripe')),
      wordsOf(over('stars'), [], 'UTC', ['gold_monthly']),
    ])
      expect(words).toMatchObject({ more: null, tone: 'plain' })
  })

  it('says how a plan that is over came to its end', () => {
    const over = { active: false, renews: false }
    expect(wordsOf(held({ ...over, status: 'expired' }))?.status).toBe('Ended on 1 March 2026')
    expect(wordsOf(held({ ...over, status: 'revoked' }))?.status).toBe('Ended early')
    const early = { ...over, status: 'expired', expires_at: null } as const
    expect(wordsOf(held(early))?.status).toBe('Ended early')
  })
})
