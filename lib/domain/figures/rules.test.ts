import { describe, expect, it } from 'vitest'
import { type DayRow, type Figures, makeOverview, type PartRow } from './overview'
import { dayAfter, daysBetween, estimate, heldOf, sumMoney } from './rules'

const today = '2026-03-10'
const row = (day: string, overrides: Partial<DayRow>): DayRow => ({
  day,
  measure: 'charge',
  currency: 'XTR',
  kind: 'one_off',
  count: 1,
  amount: 500,
  ...overrides,
})
const access = { currency: '', kind: '', amount: 0 } as const

const figures = (overrides: Partial<Figures> = {}): Figures => ({
  today,
  range: 7,
  first: dayAfter(today, -89),
  days: [],
  heldBeforeFirst: [],
  parts: [],
  heldBeforeRange: [],
  running: 0,
  rate: { currency: 'USD', price: 0.013 },
  ...overrides,
})

describe('days', () => {
  it('counts them across the ends of months and leap years', () => {
    expect(daysBetween('2028-02-27', '2028-03-01')).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ])
    expect(dayAfter('2026-01-01', -1)).toBe('2025-12-31')
  })
})

describe('money', () => {
  it('is summed per currency, Stars first, and nothing is left out but nothing', () => {
    const came = [
      { currency: 'GBP', amount: 2500 },
      { currency: 'XTR', amount: 500 },
      { currency: 'EUR', amount: 10 },
    ]
    expect(sumMoney(came, [{ currency: 'EUR', amount: 10 }])).toEqual([
      { currency: 'XTR', amount: 500 },
      { currency: 'GBP', amount: 2500 },
    ])
  })

  it('is estimated in the smallest unit of the rate’s currency', () => {
    expect(estimate(1000, { currency: 'USD', price: 0.013 })).toEqual({
      currency: 'USD',
      amount: 1300,
    })
    expect(estimate(1000, { currency: 'JPY', price: 2 })).toEqual({ currency: 'JPY', amount: 2000 })
  })

  it('is held at most as far as there is any', () => {
    expect(heldOf(100, 300)).toBe(100)
    expect(heldOf(300, 100)).toBe(100)
    expect(heldOf(300, -5)).toBe(0)
  })
})

describe('the overview', () => {
  it('says that nothing ever happened, and still has every day', () => {
    const { is_empty, days, sales, plans } = makeOverview(figures())
    expect(is_empty).toBe(true)
    expect(days.map(({ day }) => day)).toEqual(daysBetween('2026-03-04', today))
    expect(sales.map((one) => [one.days, one.charges, one.estimate])).toEqual([
      [1, 0, null],
      [7, 0, null],
      [30, 0, null],
      [90, 0, null],
    ])
    expect(plans).toEqual([])
  })

  it('sums the last days with today, and estimates what stayed', () => {
    const { sales, currencies } = makeOverview(
      figures({
        days: [
          row(today, {}),
          row('2026-03-04', { amount: 1000, count: 2 }),
          row('2026-03-03', { amount: 4 }),
          row('2026-03-09', { measure: 'refund', amount: 500 }),
          row('2026-03-09', { currency: 'GBP', amount: 2500 }),
          row('2026-02-01', { amount: 7 }),
        ],
      }),
    )
    expect(sales.map(({ charges }) => charges)).toEqual([1, 4, 5, 6])
    expect(sales[1]).toEqual({
      days: 7,
      charges: 4,
      charged: [
        { currency: 'XTR', amount: 1500 },
        { currency: 'GBP', amount: 2500 },
      ],
      refunds: 1,
      refunded: [{ currency: 'XTR', amount: 500 }],
      estimate: { currency: 'USD', amount: 1300 },
    })
    expect(currencies).toEqual(['XTR', 'GBP'])
  })

  it('counts access on the day it ends, and no longer on the next', () => {
    const { days, access: facts } = makeOverview(
      figures({
        heldBeforeFirst: [{ plan_code: 'gold_1m', method: 'stars', count: 10 }],
        days: [
          row('2026-01-01', { measure: 'began', ...access, count: 2 }),
          row('2026-03-05', { measure: 'ended', ...access, count: 3 }),
          row('2026-03-06', { measure: 'began', ...access, count: 1 }),
        ],
      }),
    )
    expect(days.map(({ active }) => active)).toEqual([12, 12, 10, 10, 10, 10, 10])
    expect(facts).toMatchObject({ active: 10, began: 1, ended: 3 })
  })

  it('tells renewals that are due from those that failed', () => {
    const due = (day: string, count: number) => row(day, { measure: 'due', ...access, count })
    const { access: facts } = makeOverview(
      figures({
        running: 9,
        days: [due('2026-03-09', 1), due(today, 2), due('2026-03-16', 4), due('2026-03-17', 8)],
      }),
    )
    expect(facts).toMatchObject({ failed: 1, due_soon: 6, running: 9 })
  })

  it('takes what went back from what subscriptions brought in', () => {
    const { access: facts } = makeOverview(
      figures({
        days: [
          row(today, { kind: 'first', amount: 450 }),
          row(today, { kind: 'renewal', amount: 900, count: 2 }),
          row(today, { kind: 'renewal', amount: 450, measure: 'refund' }),
          row(today, { amount: 5000 }),
        ],
      }),
    )
    expect(facts.recurring).toEqual([{ currency: 'XTR', amount: 900 }])
    expect(facts.renewals).toBe(2)
  })

  it('sorts plans by sales and counts who has them today', () => {
    const part = (plan_code: string, overrides: Partial<PartRow>): PartRow => ({
      plan_code,
      method: 'stars',
      measure: 'charge',
      currency: 'XTR',
      is_today: false,
      count: 1,
      amount: 500,
      ...overrides,
    })
    const { plans, methods } = makeOverview(
      figures({
        heldBeforeRange: [{ plan_code: 'silver_1m', method: 'grant', count: 3 }],
        parts: [
          part('gold_1m', { count: 2, amount: 1000 }),
          part('gold_1m', { measure: 'returned' }),
          part('gold_1m', { measure: 'began', ...access, is_today: true }),
          part('gold_1m', { measure: 'ended', ...access, is_today: true }),
          part('silver_1m', { measure: 'ended', method: 'grant', ...access }),
          part('', { amount: 3 }),
        ],
      }),
    )
    expect(plans.map(({ name, charges, active }) => [name, charges, active])).toEqual([
      ['gold_1m', 2, 1],
      ['', 1, 0],
      ['silver_1m', 0, 2],
    ])
    expect(methods.map(({ name, active }) => [name, active])).toEqual([
      ['stars', 1],
      ['grant', 2],
    ])
  })
})
