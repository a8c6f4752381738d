import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/kit/period'
import { type FoldCharge, foldCharges } from './fold'

const day = (n: number) => addDays(new Date('2026-01-01T00:00:00Z'), n)
let ids = 0
const nextId = () => {
  ids += 1
  return `stx${ids}`
}
const charge = (overrides: Partial<FoldCharge>): FoldCharge => ({
  chargeId: nextId(),
  chargedAt: day(0),
  planCode: 'gold_1m',
  tier: 2,
  kind: 'one_off',
  days: 30,
  subscriptionExpiresAt: null,
  renews: false,
  source: 'stars',
  ...overrides,
})
const silver = { planCode: 'silver_1m', tier: 1 }
const lifetime = { planCode: 'lifetime', days: null }

/** `plan: start day → end day`, which is what a person would check by hand. */
const spans = (charges: FoldCharge[]) => {
  const dayOf = (at: Date) => (at.getTime() - day(0).getTime()) / 86_400_000
  return Object.fromEntries(
    foldCharges(charges).map((one) => [
      one.planCode,
      [dayOf(one.startsAt), one.expiresAt && dayOf(one.expiresAt)],
    ]),
  )
}

describe('foldCharges', () => {
  it('gives nothing for nothing', () => expect(foldCharges([])).toEqual([]))

  it('extends from the current end while the plan runs', () => {
    expect(spans([charge({}), charge({ chargedAt: day(25) })])).toEqual({ gold_1m: [0, 60] })
  })

  it('begins anew after a lapse', () => {
    expect(spans([charge({}), charge({ chargedAt: day(40) })])).toEqual({ gold_1m: [40, 70] })
  })

  it('leaves only the second period when the first is refunded: paid on day 0 and 25, end day 55', () => {
    expect(spans([charge({ chargedAt: day(25) })])).toEqual({ gold_1m: [25, 55] })
  })

  it('starts an upgrade at once and lets the lower plan run', () => {
    expect(spans([charge(silver), charge({ chargedAt: day(10) })])).toEqual({
      silver_1m: [0, 30],
      gold_1m: [10, 40],
    })
  })

  it('schedules a lower plan behind a higher one', () => {
    expect(spans([charge({}), charge({ ...silver, chargedAt: day(10) })])).toEqual({
      gold_1m: [0, 30],
      silver_1m: [30, 60],
    })
  })

  it('stacks different plans of the same tier', () => {
    expect(
      spans([charge({}), charge({ planCode: 'gold_3m', days: 90, chargedAt: day(1) })]),
    ).toEqual({
      gold_1m: [0, 30],
      gold_3m: [30, 120],
    })
  })

  it('lets lifetime begin at once and last', () => {
    expect(spans([charge({}), charge({ ...lifetime, chargedAt: day(3) })])).toEqual({
      gold_1m: [0, 30],
      lifetime: [3, null],
    })
  })

  it('adds nothing behind a lifetime of the same or a higher tier', () => {
    expect(spans([charge(lifetime), charge({ chargedAt: day(1) })])).toEqual({
      lifetime: [0, null],
    })
  })

  it('ends a subscription at the latest end of its charges', () => {
    const sub = { planCode: 'gold_monthly', kind: 'subscription' as const }
    expect(
      spans([
        charge({ ...sub, chargedAt: day(30), subscriptionExpiresAt: day(60) }),
        charge({ ...sub, chargedAt: day(31), subscriptionExpiresAt: day(50) }),
        charge({ ...sub, subscriptionExpiresAt: day(30) }),
      ]),
    ).toEqual({ gold_monthly: [0, 60] })
  })

  it('renews at the end only if the charge that lasts longest does', () => {
    const sub = { planCode: 'gold_monthly', kind: 'subscription' as const }
    const long = charge({ ...sub, subscriptionExpiresAt: day(60), renews: true })
    const late = charge({ ...sub, chargedAt: day(31), subscriptionExpiresAt: day(50) })
    expect(foldCharges([long, late])).toMatchObject([{ expiresAt: day(60), renews: true }])
    const ended = { ...long, renews: false }
    const running = { ...late, renews: true }
    expect(foldCharges([ended, running])).toMatchObject([{ expiresAt: day(60), renews: false }])
  })

  it('keeps what was bought for life, whatever the plan was sold as before or later', () => {
    const raised = charge({ tier: 3, chargedAt: day(1) })
    expect(spans([charge({ days: null }), raised])).toEqual({ gold_1m: [0, null] })
    const forLife = charge({ days: null, chargedAt: day(1) })
    expect(spans([charge({}), forLife])).toEqual({ gold_1m: [0, null] })
  })

  it('orders charges of one moment by their id', () => {
    const a = charge({ chargeId: 'a' })
    const b = charge({ ...silver, chargeId: 'b' })
    expect(spans([b, a])).toEqual(spans([a, b]))
  })
})

const plans = [
  { planCode: 'silver_1m', tier: 1, days: 30 },
  { planCode: 'silver_3m', tier: 1, days: 90 },
  { planCode: 'gold_1m', tier: 2, days: 30 },
  { planCode: 'gold_3m', tier: 2, days: 90 },
  { planCode: 'lifetime', tier: 2, days: null },
]

const history = fc
  .array(
    fc.record({ plan: fc.constantFrom(...plans), hour: fc.integer({ min: 0, max: 24 * 200 }) }),
    {
      maxLength: 8,
    },
  )
  .map((events) =>
    events.map(({ plan, hour }, index) =>
      charge({
        ...plan,
        chargeId: `stx${index}`,
        chargedAt: new Date(day(0).getTime() + hour * 3_600_000),
      }),
    ),
  )

/** Sorted, so that two folds can be compared whatever order they list plans in. */
const sorted = (charges: FoldCharge[]) =>
  foldCharges(charges).sort((a, b) => a.planCode.localeCompare(b.planCode))

/** A model with nothing clever in it: hours that each tier is paid for, counted one by one. */
function paidUntil(charges: FoldCharge[], tier: number): number {
  const ends: { tier: number; end: number }[] = []
  for (const one of [...charges].sort(
    (a, b) => +a.chargedAt - +b.chargedAt || (a.chargeId < b.chargeId ? -1 : 1),
  )) {
    const covered = ends.filter((end) => end.tier >= one.tier).map((end) => end.end)
    const from = Math.max(one.chargedAt.getTime(), ...covered)
    ends.push({ tier: one.tier, end: one.days === null ? Infinity : from + one.days * 86_400_000 })
  }
  return Math.max(0, ...ends.filter((end) => end.tier >= tier).map((end) => end.end))
}

describe('any history of one-off charges', () => {
  const runs = { numRuns: 2000 }

  it('folds the same in every order of arrival', () => {
    fc.assert(
      fc.property(
        history.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(sorted(shuffled)).toEqual(sorted(all))
        },
      ),
      runs,
    )
  })

  it('ends when a simple model says', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(1, 2), (all, tier) => {
        const codes = new Set(
          plans.filter((plan) => plan.tier >= tier).map((plan) => plan.planCode),
        )
        const ends = foldCharges(all)
          .filter((one) => codes.has(one.planCode))
          .map((one) => one.expiresAt?.getTime() ?? Infinity)
        expect(Math.max(0, ...ends)).toBe(paidUntil(all, tier))
      }),
      runs,
    )
  })

  it('never has a plan that was not paid, nor one that ends before it starts', () => {
    fc.assert(
      fc.property(history, (all) => {
        const bought = new Set(all.map((one) => one.planCode))
        for (const one of foldCharges(all)) {
          expect(bought).toContain(one.planCode)
          if (one.expiresAt) expect(one.expiresAt.getTime()).toBeGreaterThan(one.startsAt.getTime())
        }
      }),
      runs,
    )
  })
})
