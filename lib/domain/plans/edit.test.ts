import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyExponent } from '@/lib/kit/money'
import { parseAmount, typedAmount } from './amount'
import { readForm, toForm } from './form'
import { changesOf, impactOf } from './impact'
import { moved } from './order'
import { judgePlan } from './policy'
import { amountMax, type PlanDraft, type PlanFault, type PlanImpact } from './schema'
import { nextVersion } from './version'

const draft = (overrides: Partial<PlanDraft> = {}): PlanDraft => ({
  code: 'gold_1m',
  name: 'Gold',
  description: 'Gold for 30 days',
  features: ['archive'],
  family: 'premium',
  tier: 2,
  kind: 'one_off',
  durationDays: 30,
  goods: 'digital',
  prices: [{ currency: 'XTR', amount: 500 }],
  ...overrides,
})
const inStars = (amount: number) => ({ currency: 'XTR', amount })
const euros = { currency: 'EUR', amount: 900 }
const pounds = { currency: 'GBP', amount: 800 }
const noRails = { hasProviderToken: false, takesCards: false }
const telegramCards = { hasProviderToken: true, takesCards: false }
const browserCards = { hasProviderToken: false, takesCards: true }

describe('amounts', () => {
  it.each([
    ['25', 'EUR', 2500],
    ['25.5', 'EUR', 2550],
    ['25,50', 'EUR', 2550],
    ['25.005', 'EUR', null],
    ['1200', 'JPY', 1200],
    ['12.5', 'JPY', null],
    ['1.234', 'KWD', 1234],
    ['500', 'XTR', 500],
    ['0.5', 'XTR', null],
    ['0', 'EUR', null],
    ['-1', 'EUR', null],
    ['1e3', 'EUR', null],
    ['1.000,00', 'EUR', null],
    ['', 'EUR', null],
  ])('reads %s %s as %s', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount)
  })

  it('reads back exactly what it shows, in every kind of currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: amountMax }),
        fc.constantFrom('XTR', 'JPY', 'EUR', 'KWD'),
        (amount, currency) => {
          const text = typedAmount({ amount, currency })
          const [, decimals = ''] = text.split('.')
          expect(decimals).toHaveLength(currencyExponent(currency))
          expect(parseAmount(text, currency)).toBe(amount)
        },
      ),
    )
  })
})

describe('judgePlan', () => {
  const monthly = { kind: 'subscription' } as const

  it.each([
    ['a name over 32 characters', { name: 'x'.repeat(33) }, 'name_length'],
    ['no name', { name: '' }, 'name_length'],
    ['a description over 255 characters', { description: 'x'.repeat(256) }, 'description_length'],
    ['a feature twice', { features: ['a', 'a'] }, 'feature_twice'],
    ['a family with capitals', { family: 'Premium' }, 'family_shape'],
    ['tier 0', { tier: 0 }, 'tier_range'],
    ['no days', { durationDays: 0 }, 'days_range'],
    ['no price', { prices: [] }, 'price_missing'],
    ['two prices in Stars', { prices: [inStars(1), inStars(2)] }, 'price_twice'],
    ['two prices in euros', { prices: [euros, { ...euros, amount: 1 }] }, 'price_twice'],
    ['an unknown currency', { prices: [{ currency: 'QQQ', amount: 1 }] }, 'currency_unknown'],
    ['a yearly subscription', { ...monthly, durationDays: 365 }, 'subscription_period'],
    ['a subscription for life', { ...monthly, durationDays: null }, 'subscription_period'],
    ['10,001 Stars a month', { ...monthly, prices: [inStars(10_001)] }, 'subscription_stars'],
    [
      'a subscription to a service by card in Telegram',
      { ...monthly, goods: 'physical', prices: [euros] },
      'subscription_card',
    ],
    ['a digital plan by card in Telegram', { prices: [euros, inStars(500)] }, 'digital_card'],
  ] satisfies [string, Partial<PlanDraft>, PlanFault][])('forbids %s', (_, overrides, fault) => {
    expect(judgePlan(draft(overrides), telegramCards).faults).toContain(fault)
  })

  it.each([
    ['a digital plan for Stars', {}, noRails],
    ['a digital plan with a card in the browser', { prices: [euros] }, browserCards],
    ['a service by card in Telegram', { goods: 'physical', prices: [euros] }, telegramCards],
    ['several currencies', { prices: [euros, pounds, inStars(500)] }, browserCards],
    ['10,000 Stars a month', { ...monthly, prices: [inStars(10_000)] }, noRails],
    ['a lifetime plan', { durationDays: null }, noRails],
    [
      'the longest name and description',
      { name: 'x'.repeat(32), description: 'x'.repeat(255) },
      noRails,
    ],
  ] satisfies [string, Partial<PlanDraft>, typeof noRails][])(
    'allows %s',
    (_, overrides, rails) => {
      expect(judgePlan(draft(overrides), rails).faults).toEqual([])
    },
  )

  it('always says what Telegram requires, and what cannot be bought where', () => {
    const notices = (overrides: Partial<PlanDraft>, rails = noRails) =>
      judgePlan(draft(overrides), rails).notices
    expect(notices({})).toEqual(['paysupport', 'terms'])
    expect(notices({ prices: [euros] }, browserCards)).toEqual(
      expect.arrayContaining(['stars_missing', 'card_browser_only']),
    )
    expect(notices({ prices: [euros, pounds] }, browserCards)).toContain('money_several')
    expect(notices({ prices: [inStars(10_001)] })).toContain('stars_many')
    expect(notices({ goods: 'physical', prices: [euros] })).toContain('money_unused')
  })
})

describe('impactOf', () => {
  const fresh = { isSold: false, isOffered: false }
  const sold = { isSold: true, isOffered: true }

  it.each([
    ['name', { name: 'Golden' }, 'words', 'fine'],
    ['a new feature', { features: ['archive', 'chat'] }, 'features_added', 'fine'],
    ['a lost feature', { features: [] }, 'features_removed', 'warning'],
    ['family', { family: 'other' }, 'ladder_sold', 'refused'],
    ['tier', { tier: 3 }, 'ladder_sold', 'refused'],
    ['kind', { kind: 'subscription' }, 'kind', 'warning'],
    ['days', { durationDays: 90 }, 'days', 'warning'],
    ['goods', { goods: 'physical' }, 'goods', 'warning'],
    ['price', { prices: [inStars(600)] }, 'price', 'warning'],
    ['another price', { prices: [inStars(500), euros] }, 'price_added', 'fine'],
  ] satisfies [string, Partial<PlanDraft>, PlanImpact['code'], PlanImpact['verdict']][])(
    'judges %s of a sold plan',
    (_, overrides, code, verdict) => {
      expect(impactOf(draft(), draft(overrides), sold)).toMatchObject([{ code, verdict }])
    },
  )

  it('lets the tier change only while nobody has the plan or could pay for it', () => {
    const of = (past: typeof fresh) => impactOf(draft(), draft({ tier: 3 }), past)[0]
    expect(of(fresh)).toMatchObject({ code: 'ladder_free', verdict: 'fine' })
    expect(of({ isSold: false, isOffered: true })).toMatchObject({
      code: 'ladder_offered',
      verdict: 'refused',
    })
  })

  it('says that a price which is taken out ends, and that another one begins', () => {
    const both = draft({ prices: [euros, inStars(500)] })
    expect(impactOf(both, draft(), sold)).toMatchObject([{ code: 'price_removed', what: 'EUR' }])
    const dollars = draft({ prices: [{ ...euros, currency: 'USD' }, inStars(500)] })
    expect(impactOf(both, dollars, sold)).toMatchObject([
      { code: 'price_removed', what: 'EUR', verdict: 'warning' },
      { code: 'price_added', what: 'USD' },
    ])
  })
})

const drafts = fc.record({
  code: fc.constant('gold_1m'),
  name: fc.stringMatching(/^[a-z]{1,32}$/),
  description: fc.stringMatching(/^[a-z]{0,255}$/),
  features: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 5 }),
  family: fc.stringMatching(/^[a-z]{1,20}$/),
  tier: fc.integer({ min: 1, max: 1000 }),
  kind: fc.constant('one_off' as const),
  durationDays: fc.option(fc.integer({ min: 1, max: 36_500 })),
  goods: fc.constantFrom('digital' as const, 'physical' as const),
  prices: fc
    .tuple(
      fc.uniqueArray(
        fc.record({
          currency: fc.constantFrom('EUR', 'GBP', 'JPY', 'KWD', 'USD', 'ZAR'),
          amount: fc.integer({ min: 1, max: amountMax }),
        }),
        { selector: ({ currency }) => currency },
      ),
      fc.integer({ min: 1, max: amountMax }),
    )
    .map(([money, star]) => [...money, inStars(star)]),
})

describe('the form', () => {
  it('reads back exactly the plan that it shows', () => {
    fc.assert(
      fc.property(drafts, (plan) => {
        expect(readForm(toForm(plan))).toEqual({ draft: plan })
        expect(changesOf(plan, plan)).toEqual({})
        expect(impactOf(plan, plan, { isSold: true, isOffered: true })).toEqual([])
      }),
    )
  })

  it('finds a change in whatever differs, and an impact for every change', () => {
    fc.assert(
      fc.property(drafts, drafts, (a, b) => {
        const changed = Object.keys(changesOf(a, b)).length > 0
        const impacts = impactOf(a, b, { isSold: true, isOffered: true })
        const isReordered = a.features.length === b.features.length && !changed
        if (!isReordered && impacts.length > 0) expect(changed).toBe(true)
        if (changed && [...a.features].sort().join() !== [...b.features].sort().join()) {
          expect(impacts.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('says what is typed wrongly', () => {
    const form = toForm(draft())
    const money = (currency: string, amount: string) => [{ currency, amount }]
    const wrong = { ...form, stars: '1.5', tier: 'x', days: '-1', money: money('EUR', 'x') }
    expect(readForm(wrong)).toEqual({
      typing: ['stars_typed', 'money_typed', 'tier_typed', 'days_typed'],
    })
    for (const typed of [
      money('XTR', '5'),
      money('', '5'),
      money('EUR', '5').concat(money('E', '1')),
    ]) {
      expect(readForm({ ...form, money: typed })).toEqual({ typing: ['money_typed'] })
    }
  })
})

describe('moved', () => {
  it('keeps all codes, and goes back by the opposite step', () => {
    const codes = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 2 })
    fc.assert(
      fc.property(codes, fc.nat(), (list, at) => {
        const index = at % (list.length - 1)
        const down = moved(list, list[index] ?? '', 'down')
        expect(down.indexOf(list[index] ?? '')).toBe(index + 1)
        expect(moved(down, list[index] ?? '', 'up')).toEqual(list)
        expect(moved(list, list[0] ?? '', 'up')).toEqual(list)
      }),
    )
  })
})

describe('nextVersion', () => {
  it('is later than the last one, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (last, at) => {
        expect(nextVersion(new Date(last), new Date(at)).getTime()).toBeGreaterThan(last)
      }),
    )
  })
})
