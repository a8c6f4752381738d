import { describe, expect, it } from 'vitest'
import type { Payload } from '@/lib/domain/invoices/payload'
import { addDays, addSeconds } from '@/lib/kit/period'
import { makeCharge } from '@/lib/testing/charges'
import { makeProfile } from '@/lib/testing/factories'
import type { Question } from './charge'
import type { ChargeFacts, QuestionFacts } from './facts'
import { decideCharge, decideQuestion, sharpen } from './rules'

const now = new Date('2026-11-23T12:00:00Z')
const payer = makeProfile()
const payload: Payload = { invoiceId: 'i', planCode: 'gold_1m', issuedAt: 1, tag: 't' }
const plan = {
  code: 'gold_1m',
  family: 'premium',
  tier: 2,
  kind: 'one_off' as const,
  durationDays: 30,
  onSale: true,
  price: 500,
}
const invoice = {
  id: 'i',
  telegramUserId: payer.telegramUserId,
  planCode: 'gold_1m',
  currency: 'XTR',
  amount: 500,
  days: 30,
  payload: 'p',
  status: 'open' as const,
  expiresAt: addSeconds(now, 1),
}
const running = {
  id: 'e',
  planCode: 'gold_1m',
  family: 'premium',
  tier: 2,
  startsAt: addDays(now, -1),
  expiresAt: addDays(now, 29),
  renews: false,
  revokedAt: null,
}

describe('decideQuestion', () => {
  const settings = { now, graceHours: 24, renewalWindowDays: 7 }
  const question: Question = { id: '1', payer, currency: 'XTR', amount: 500, payload: 'p' }
  const facts: QuestionFacts = {
    isBanned: false,
    invoice,
    plan,
    subscription: null,
    entitlements: [],
  }
  const decide = (
    q: Partial<Question>,
    f: Partial<QuestionFacts>,
    parsed: Payload | null = payload,
  ) => decideQuestion({ ...question, ...q }, parsed, { ...facts, ...f }, settings)

  it('says yes when everything fits', () => expect(decide({}, {})).toBe('ok'))

  // Each row breaks one thing more than the row below it, so the order of reasons is held too.
  const broken = [
    ['malformed_payload', {}, {}, null],
    ['unknown_invoice', {}, { invoice: null }],
    ['plan_mismatch', {}, {}, { ...payload, planCode: 'lifetime' }],
    ['malformed_payload', { payload: 'q' }, {}],
    ['wrong_user', { payer: makeProfile() }, {}],
    ['currency_mismatch', { currency: 'EUR' }, {}],
    ['amount_mismatch', { amount: 499 }, {}],
    ['plan_unavailable', {}, { plan: { ...plan, onSale: false } }],
    ['price_changed', {}, { plan: { ...plan, price: 600 } }],
    ['already_paid', {}, { invoice: { ...invoice, status: 'paid' as const } }],
    ['already_entitled', {}, { entitlements: [running] }],
    ['invoice_expired', {}, { invoice: { ...invoice, expiresAt: addSeconds(now, -1) } }],
    ['banned', {}, { isBanned: true }],
  ] as [string, Partial<Question>, Partial<QuestionFacts>, (Payload | null)?][]

  it.each(broken)('refuses: %s', (reason, q, f, parsed = payload) => {
    expect(decide(q, f, parsed)).toBe(reason)
  })

  it('names the first reason that applies', () => {
    const order = broken.map(([reason]) => reason)
    for (let from = broken.length - 1; from >= 2; from--) {
      // The row of the expected reason comes last, so that it wins over the others' whole objects.
      const rest = broken.slice(from).reverse()
      const q = Object.assign({}, ...rest.map((row) => row[1]))
      const f = {
        ...Object.assign({}, ...rest.map((row) => row[2])),
        invoice: Object.assign({}, invoice, ...rest.map((row) => row[2].invoice ?? {})),
        plan: Object.assign({}, plan, ...rest.map((row) => row[2].plan ?? {})),
      }
      const parsed = rest.find((row) => row[3])?.[3] ?? payload
      expect(decide(q, f, parsed)).toBe(order[from])
    }
  })

  it('refuses a plan that is no longer sold in this currency', () => {
    expect(decide({}, { plan: { ...plan, price: null } })).toBe('price_changed')
  })

  it('takes an invoice in its very last moment', () => {
    expect(decide({}, { invoice: { ...invoice, expiresAt: now } })).toBe('ok')
  })

  it('does not take money for an invoice that is in review', () => {
    expect(decide({}, { invoice: { ...invoice, status: 'review' } })).toBe('already_paid')
  })
})

describe('decideQuestion on a subscription that runs', () => {
  const settings = { now, graceHours: 24, renewalWindowDays: 7 }
  const question: Question = { id: '1', payer, currency: 'XTR', amount: 500, payload: 'p' }
  const decide = (endsAt: Date, renews: boolean, more: Partial<QuestionFacts> = {}) =>
    decideQuestion(
      question,
      payload,
      {
        isBanned: false,
        invoice: { ...invoice, status: 'paid', expiresAt: addDays(now, -30) },
        plan: { ...plan, onSale: false, price: 900 },
        subscription: { endsAt, renews },
        entitlements: [{ ...running, renews }],
        ...more,
      },
      settings,
    )

  it.each([
    ['already_paid', addSeconds(addDays(now, 3), 1), true],
    ['ok', addDays(now, 3), true],
    ['ok', addSeconds(now, 1), false],
    ['ok', addSeconds(now, -24 * 3600 + 1), true],
    // Over: the ordinary rules decide again, and the plan is retired.
    ['plan_unavailable', addSeconds(now, -24 * 3600), true],
    ['plan_unavailable', now, false],
  ] as const)('answers %s when it ends at %s and renews is %s', (verdict, endsAt, renews) => {
    expect(decide(endsAt, renews)).toBe(verdict)
  })

  it('takes nothing from a banned person', () => {
    expect(decide(addDays(now, 1), true, { isBanned: true })).toBe('banned')
  })
})

describe('sharpen', () => {
  const known = {
    id: 'k',
    status: 'completed' as const,
    toldBy: 'list' as const,
    isSameUpdate: false,
    providerChargeId: null,
    isRecurring: true,
    isFirstRecurring: false,
    subscriptionExpiresAt: addDays(now, 30),
    chargedAt: now,
  }
  const told = makeCharge({
    payer,
    chargedAt: addSeconds(now, 5),
    isRecurring: true,
    isFirstRecurring: true,
    providerChargeId: 'provider',
    subscriptionExpiresAt: addDays(now, 31),
  })

  it('takes flags, the provider’s id and the end from an update, and keeps the earliest date', () => {
    expect(sharpen(known, told)).toEqual({
      chargedAt: now,
      providerChargeId: 'provider',
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(now, 31),
      toldBy: 'update',
    })
  })

  it('takes nothing but an earlier date from a list', () => {
    const before = { ...told, toldBy: 'list' as const, chargedAt: addSeconds(now, -5) }
    const byUpdate = { ...known, toldBy: 'update' as const, providerChargeId: 'own' }
    expect(sharpen(byUpdate, before)).toEqual({
      chargedAt: before.chargedAt,
      providerChargeId: 'own',
      isRecurring: true,
      isFirstRecurring: false,
      subscriptionExpiresAt: known.subscriptionExpiresAt,
      toldBy: 'update',
    })
  })

  it.each([
    ['the same update', { toldBy: 'update' as const }, {}],
    ['a list after a list', {}, { toldBy: 'list' as const }],
  ])('learns nothing from %s', (_, knownAs, toldAs) => {
    expect(sharpen({ ...known, ...knownAs }, { ...told, ...toldAs })).toBeNull()
  })
})

describe('decideCharge', () => {
  const charge = makeCharge({ payer, payload: 'p', chargedAt: now })
  const facts: ChargeFacts = {
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
  }
  const decide = (
    c: Partial<typeof charge>,
    f: Partial<ChargeFacts>,
    parsed: Payload | null = payload,
    tag = false,
  ) => decideCharge({ ...charge, ...c }, parsed, tag, { ...facts, ...f }, 100)
  const paid = { ...invoice, status: 'paid' as const }
  const earlier = {
    chargeId: 'earlier',
    chargedAt: addDays(now, -5),
    planCode: 'gold_1m',
    tier: 2,
    kind: 'one_off' as const,
    days: 30,
    subscriptionExpiresAt: null,
    payload: 'earlier',
    renews: false,
    source: 'stars' as const,
  }

  describe('of a plan that includes what a running subscription charges for', () => {
    const monthly = {
      ...earlier,
      planCode: 'silver_monthly',
      tier: 1,
      kind: 'subscription' as const,
      subscriptionExpiresAt: addDays(now, 25),
      renews: true,
    }
    const stops = (f: Partial<ChargeFacts>, c: Partial<typeof charge> = {}) => {
      const decision = decide(c, f)
      return decision.kind === 'completed' ? decision.stops : decision
    }

    it('stops the lower one', () => {
      expect(stops({ charges: [monthly] })).toEqual(['earlier'])
    })

    it('leaves one of the same tier, one that ends by itself, and its own', () => {
      expect(stops({ charges: [{ ...monthly, tier: 2 }] })).toEqual([])
      expect(stops({ charges: [{ ...monthly, renews: false }] })).toEqual([])
      expect(stops({ charges: [{ ...monthly, payload: 'p' }] })).toEqual([])
    })

    it('stops one of the same tier when the plan is for life', () => {
      const forLife = { invoice: { ...invoice, days: null } }
      expect(stops({ ...forLife, charges: [{ ...monthly, tier: 2 }] })).toEqual(['earlier'])
    })

    it('stops nothing when a subscription merely renews', () => {
      const renewal = { isRecurring: true, subscriptionExpiresAt: addDays(now, 30) }
      expect(stops({ charges: [monthly] }, renewal)).toEqual([])
    })
  })

  it('gives what was bought', () => {
    expect(decide({}, {})).toMatchObject({
      kind: 'completed',
      note: null,
      remakesInvoice: false,
      entitlements: [{ planCode: 'gold_1m', startsAt: now, expiresAt: addDays(now, 30) }],
    })
  })

  it('knows a charge again before anything else', () => {
    const known = {
      id: 'k',
      status: 'completed' as const,
      toldBy: 'update' as const,
      isSameUpdate: true,
      providerChargeId: null,
      isRecurring: false,
      isFirstRecurring: false,
      subscriptionExpiresAt: null,
      chargedAt: now,
    }
    expect(decide({ amount: 1 }, { known, invoice: null }, null)).toEqual({
      kind: 'duplicate',
      sharpens: null,
    })
  })

  it.each([
    ['unknown_payload', {}, {}, null],
    ['unknown_payload', { payload: 'q' }, {}],
    ['unknown_payload', {}, { invoice: null }],
    ['unknown_payload', {}, { plan: null }],
    ['wrong_payer', { payer: makeProfile() }, {}],
    ['wrong_currency', { currency: 'EUR' }, {}],
    ['wrong_amount', { amount: 501 }, {}],
  ] as [string, Partial<typeof charge>, Partial<ChargeFacts>, (Payload | null)?][])(
    'keeps for review: %s',
    (reason, c, f, parsed = payload) =>
      expect(decide(c, f, parsed)).toEqual({ kind: 'review', reason, stops: [] }),
  )

  it('does not judge a charge by age, sale or price', () => {
    const old = { ...invoice, expiresAt: addDays(now, -300) }
    const retired = { ...plan, onSale: false, price: 900 }
    expect(decide({}, { invoice: old, plan: retired }).kind).toBe('completed')
  })

  it('gives the days that were sold, whatever the plan says now', () => {
    const sold = { invoice: { ...invoice, days: 10 }, plan: { ...plan, durationDays: 99 } }
    expect(decide({}, sold)).toMatchObject({ entitlements: [{ expiresAt: addDays(now, 10) }] })
  })

  it('trusts the tag where the invoice row is gone', () => {
    expect(decide({}, { invoice: null }, payload, true)).toMatchObject({
      kind: 'completed',
      remakesInvoice: true,
    })
  })

  it('adds the days of a second payment of one invoice, with a note', () => {
    expect(decide({}, { invoice: paid, charges: [earlier] })).toMatchObject({
      note: 'paid_twice',
      entitlements: [{ expiresAt: addDays(now, 55) }],
    })
  })

  it('counts days told late, though a subscription since then covers all of them', () => {
    const subscription = {
      ...earlier,
      planCode: 'gold_monthly',
      kind: 'subscription' as const,
      chargedAt: addDays(now, 3),
      subscriptionExpiresAt: addDays(now, 33),
    }
    const later = { ...earlier, chargedAt: addDays(now, 6) }
    expect(decide({}, { charges: [subscription, later] })).toMatchObject({ kind: 'completed' })
  })

  it('keeps days behind a plan for life for review, and counts those that came before it', () => {
    const forLife = { ...earlier, planCode: 'lifetime', days: null }
    expect(decide({}, { charges: [forLife] })).toMatchObject({ reason: 'adds_nothing' })
    expect(decide({}, { charges: [{ ...forLife, tier: 1 }] }).kind).toBe('completed')
    const since = { ...forLife, chargedAt: addDays(now, 1) }
    expect(decide({}, { charges: [since] }).kind).toBe('completed')
  })

  it('keeps a second lifetime for review', () => {
    const lifetime = { ...plan, code: 'lifetime', durationDays: null }
    const held = [{ ...earlier, planCode: 'lifetime', days: null }]
    expect(
      decide({}, { plan: lifetime, invoice: { ...invoice, days: null }, charges: held }),
    ).toEqual({
      kind: 'review',
      reason: 'adds_nothing',
      stops: [],
    })
  })

  it('never counts a renewal as paid twice', () => {
    const renewal = { isRecurring: true, subscriptionExpiresAt: addDays(now, 30) }
    expect(decide(renewal, { invoice: paid, charges: [earlier] })).toMatchObject({
      kind: 'completed',
      note: null,
      sold: { kind: 'subscription' },
    })
  })

  describe('of a subscription', () => {
    const monthly = { ...plan, code: 'gold_monthly', kind: 'subscription' as const }
    const first = {
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(now, 30),
    }
    const renewal = { ...first, isFirstRecurring: false }
    const known = {
      state: 'canceled' as const,
      stateUpdateId: 50,
      isOutlived: false,
      isStopped: false,
      firstChargeId: 'first',
    }
    const sub = (c: object, f: Partial<ChargeFacts> = {}) =>
      decide({ ...first, ...c }, { plan: monthly, ...f })

    it('ends when Telegram says, renews, and remembers its first charge', () => {
      expect(sub({})).toMatchObject({
        entitlements: [{ expiresAt: addDays(now, 30), renews: true }],
        subscription: { state: 'active', stateUpdateId: 100, firstChargeId: charge.chargeId },
      })
    })

    it('runs again with a renewal that came after the cancel', () => {
      expect(sub(renewal, { subscription: known })).toMatchObject({
        entitlements: [{ renews: true }],
        subscription: { state: 'active', stateUpdateId: 100, firstChargeId: 'first' },
      })
    })

    it('stays canceled with a charge that is older than the cancel', () => {
      expect(sub(renewal, { subscription: { ...known, stateUpdateId: 500 } })).toMatchObject({
        entitlements: [{ renews: false }],
        subscription: { state: 'canceled', stateUpdateId: 500 },
      })
    })

    it('runs again with a charge days after the cancel, though ids began anew and lower', () => {
      const old = { ...known, stateUpdateId: 500, isOutlived: true }
      expect(sub(renewal, { subscription: old })).toMatchObject({
        entitlements: [{ renews: true }],
        subscription: { state: 'active', stateUpdateId: 100 },
      })
    })

    it('does not renew while we stopped it', () => {
      expect(sub(renewal, { subscription: { ...known, isStopped: true } })).toMatchObject({
        entitlements: [{ renews: false }],
      })
    })

    const other = {
      ...earlier,
      planCode: 'gold_monthly',
      kind: 'subscription' as const,
      payload: 'other',
      renews: true,
      subscriptionExpiresAt: addDays(now, 20),
    }
    it('is kept for review when the same plan is subscribed already', () => {
      const stopped = { kind: 'review', reason: 'adds_nothing', stops: ['p'] }
      expect(sub({}, { charges: [other] })).toEqual(stopped)
      expect(sub({}, { charges: [{ ...other, renews: false }] }).kind).toBe('completed')
      expect(sub(renewal, { charges: [other] }).kind).toBe('completed')
    })

    it('is kept for review with each renewal while that goes on, and no longer', () => {
      const again = { charges: [other], addedNothing: true }
      expect(sub(renewal, again)).toEqual({ kind: 'review', reason: 'adds_nothing', stops: ['p'] })
      expect(sub(renewal, { ...again, charges: [{ ...other, renews: false }] }).kind).toBe(
        'completed',
      )
      const honoured = { ...other, payload: 'p' }
      expect(sub(renewal, { ...again, charges: [other, honoured] }).kind).toBe('completed')
    })
  })
})
