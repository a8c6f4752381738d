import { describe, expect, it } from 'vitest'
import type { Payload } from '@/lib/domain/invoices/payload'
import { addDays } from '@/lib/kit/period'
import { makeCharge } from '@/lib/testing/charges'
import { makeProfile } from '@/lib/testing/factories'
import type { ChargeFacts } from './facts'
import { decideCharge, decideQuestion, subscriptionAfter } from './rules'

const now = new Date('2026-11-23T12:00:00Z')
const payer = makeProfile()
const payload: Payload = { invoiceId: 'i', planCode: 'gold_monthly', issuedAt: 1, tag: 't' }
const plan = {
  code: 'gold_monthly',
  family: 'premium',
  tier: 2,
  kind: 'subscription' as const,
  durationDays: 30,
  onSale: true,
  price: 500,
}
const invoice = {
  id: 'i',
  telegramUserId: payer.telegramUserId,
  planCode: 'gold_monthly',
  currency: 'XTR',
  amount: 500,
  days: 30,
  payload: 'p',
  status: 'open' as const,
  expiresAt: addDays(now, 1),
}
const first = makeCharge({
  payer,
  payload: 'p',
  chargedAt: now,
  isRecurring: true,
  isFirstRecurring: true,
  subscriptionExpiresAt: addDays(now, 30),
})
const known = {
  state: 'canceled' as const,
  stateUpdateId: 50,
  isStopped: false,
  firstChargeId: 'first',
  isOutlived: false,
}
const held = {
  chargeId: 'held',
  chargedAt: addDays(now, -10),
  planCode: 'gold_monthly',
  tier: 2,
  kind: 'subscription' as const,
  days: 30,
  subscriptionExpiresAt: addDays(now, 20),
  payload: 'other',
  renews: true,
  source: 'stars' as const,
}

const decide = (f: Partial<ChargeFacts>, c: Partial<typeof first> = {}, updateId = 100) =>
  decideCharge(
    { ...first, ...c },
    payload,
    false,
    {
      known: null,
      payer: null,
      invoice,
      plan,
      charges: [],
      entitlements: [],
      subscription: null,
      addedNothing: false,
      hasOpenCheckout: false,
      questionId: null,
      ...f,
    },
    updateId,
  )
const oneOff = { isRecurring: false, isFirstRecurring: false, subscriptionExpiresAt: null }

describe('a question about a plan that is gone', () => {
  it('is answered like one about a retired plan', () => {
    const question = { id: '1', payer, currency: 'XTR', amount: 500, payload: 'p' }
    const facts = { isBanned: false, invoice, plan: null, subscription: null, entitlements: [] }
    const settings = { now, graceHours: 24, renewalWindowDays: 7 }
    expect(decideQuestion(question, payload, facts, settings)).toBe('plan_unavailable')
  })
})

describe('the first payment of a subscription', () => {
  it('counts beside one of another plan, one that is over, and its own', () => {
    for (const apart of [
      { planCode: 'silver_monthly' },
      { payload: 'p' },
      { subscriptionExpiresAt: now },
      { subscriptionExpiresAt: addDays(now, -1) },
      { subscriptionExpiresAt: null },
    ]) {
      expect(decide({ charges: [{ ...held, ...apart }] }).kind).toBe('completed')
    }
  })

  it('changes nothing of what was bought otherwise', () => {
    const bought = { ...held, kind: 'one_off' as const, planCode: 'gold_1m', renews: false }
    expect(decide({ charges: [bought] })).toMatchObject({
      entitlements: [
        { planCode: 'gold_1m', renews: false },
        { planCode: 'gold_monthly', renews: true },
      ],
    })
    const other = { ...held, planCode: 'silver_monthly', tier: 1, renews: true }
    expect(decide({ charges: [other], subscription: known }, {}, 1)).toMatchObject({
      entitlements: [
        { planCode: 'silver_monthly', renews: true },
        { planCode: 'gold_monthly', renews: false },
      ],
    })
  })

  it('that is told late says nothing about the end of a later renewal, but about its future', () => {
    const renewed = { ...held, payload: 'p', subscriptionExpiresAt: addDays(now, 60) }
    expect(decide({ charges: [renewed], subscription: known }, {}, 1)).toMatchObject({
      entitlements: [{ expiresAt: addDays(now, 60), renews: false }],
    })
  })

  it('stops no other of the same tier, though it was sold without days', () => {
    const other = { ...held, planCode: 'gold_yearly' }
    const withoutDays = { invoice: { ...invoice, days: null } }
    expect(decide({ ...withoutDays, charges: [other] })).toMatchObject({ stops: [] })
  })
})

describe('a one-off payment', () => {
  const lifetime = { ...plan, code: 'lifetime', kind: 'one_off' as const, durationDays: null }
  const forLife = { plan: lifetime, invoice: { ...invoice, days: null } }

  it('for life leaves a subscription of a higher tier alone', () => {
    const higher = { ...held, planCode: 'platinum_monthly', tier: 3 }
    expect(decide({ ...forLife, charges: [higher] }, oneOff)).toMatchObject({ stops: [] })
  })

  it('for life adds nothing to the same, though it was made before and is told last', () => {
    const platinum = {
      ...held,
      kind: 'one_off' as const,
      planCode: 'platinum_1m',
      tier: 3,
      renews: false,
      subscriptionExpiresAt: null,
      chargedAt: addDays(now, 1),
    }
    const same = { ...platinum, planCode: 'lifetime', tier: 2, days: null, chargeId: 'same' }
    const charges = [platinum, { ...same, chargedAt: addDays(now, 2) }]
    expect(decide({ ...forLife, charges }, oneOff)).toEqual({
      kind: 'review',
      reason: 'adds_nothing',
      stops: [],
    })
  })

  it('does not touch the renewal of a subscription that it shares a payload with', () => {
    const sub = { ...held, payload: 'p', tier: 3, planCode: 'platinum_monthly' }
    const plain = { ...plan, code: 'gold_1m', kind: 'one_off' as const }
    const stopped = { ...known, isStopped: true }
    expect(decide({ plan: plain, charges: [sub], subscription: stopped }, oneOff)).toMatchObject({
      entitlements: [
        { planCode: 'platinum_monthly', renews: true },
        { planCode: 'gold_1m', renews: false },
      ],
    })
  })
})

describe('subscriptionAfter', () => {
  it('does not let a charge from a list revive what was canceled', () => {
    expect(subscriptionAfter(first, { ...known, stateUpdateId: 0 }, null)).toMatchObject({
      state: 'canceled',
      stateUpdateId: 0,
      isNews: false,
    })
  })

  it('keeps the highest update id when a list tells more than an outlived state', () => {
    expect(subscriptionAfter(first, { ...known, isOutlived: true }, null)).toMatchObject({
      state: 'active',
      stateUpdateId: 50,
      isNews: true,
    })
  })

  it('knows a subscription by its own id before the charge that began it', () => {
    const named = { ...first, subscriptionId: 'sub_1' }
    expect(subscriptionAfter(named, known, 100).firstChargeId).toBe('sub_1')
  })
})
