import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/kit/period'
import { type At, type HeldPlan, isDue, lateDaysMax, type Slot, slotsAt } from './rules'

const noon = new Date('2026-11-23T12:00:00Z')
const at = (overrides: Partial<At> = {}): At => ({
  now: noon,
  graceHours: 24,
  reminderDays: [3],
  ...overrides,
})
const held = (overrides: Partial<HeldPlan> = {}): HeldPlan => ({
  planCode: 'gold_1m',
  family: 'premium',
  tier: 2,
  kind: 'one_off',
  startsAt: addDays(noon, -28),
  expiresAt: addDays(noon, 2),
  renews: false,
  revokedAt: null,
  ...overrides,
})

/** Exactly what the room does: by the slot of the end, then by the rule. */
function dueNow(one: HeldPlan, others: HeldPlan[], when: At): Slot[] {
  return slotsAt(when).filter((slot) => {
    const end = one.expiresAt
    return end !== null && end > slot.after && end <= slot.upTo && isDue(one, others, slot, when)
  })
}

const day = fc.double({ min: -40, max: 70, noNaN: true })
const reminderDays = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 })
const anyPlan = fc.record({
  planCode: fc.constantFrom('silver_1m', 'gold_3m', 'gold_monthly', 'lifetime'),
  family: fc.constantFrom('premium', 'coaching'),
  tier: fc.integer({ min: 1, max: 3 }),
  kind: fc.constantFrom('one_off' as const, 'subscription' as const),
  startsAt: fc.double({ min: -100, max: 30, noNaN: true }).map((days) => addDays(noon, days)),
  expiresAt: fc.option(day.map((days) => addDays(noon, days))),
  renews: fc.boolean(),
  revokedAt: fc.option(fc.constant(noon)),
})

describe('when a reminder is due', () => {
  it('is due three days before the end, and still while the end is ahead', () => {
    const due = (days: number) => dueNow(held({ expiresAt: addDays(noon, days) }), [], at())
    expect(due(3.01)).toEqual([])
    expect(due(3)).toMatchObject([{ kind: 'before_end', daysBefore: 3 }])
    expect(due(0.01)).toMatchObject([{ kind: 'before_end', daysBefore: 3 }])
    expect(due(0)).toMatchObject([{ kind: 'ended' }])
    expect(due(-2.9)).toMatchObject([{ kind: 'ended' }])
    expect(due(-3)).toEqual([])
  })

  it('says at most one thing about one end, whatever the settings and however late', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyPlan), reminderDays, (one, others, days) => {
        expect(dueNow(one, others, at({ reminderDays: days })).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('never says that a plan ends which does not, or that it ended while it works', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyPlan), reminderDays, (one, others, days) => {
        for (const slot of dueNow(one, others, at({ reminderDays: days }))) {
          const end = one.expiresAt
          expect(end).not.toBeNull()
          expect(one.revokedAt).toBeNull()
          expect(one.startsAt <= noon).toBe(true)
          const isAhead = end !== null && end > noon
          expect(isAhead).toBe(slot.kind === 'before_end')
          if (slot.kind === 'before_end') expect(one.renews).toBe(false)
        }
      }),
    )
  })

  it('never speaks of an end behind which the same or a higher tier runs on', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 0, max: 3 }), reminderDays, (one, higher, days) => {
        const beyond = held({
          family: one.family,
          tier: one.tier + higher,
          expiresAt: one.expiresAt && addDays(one.expiresAt, 1),
        })
        expect(dueNow(one, [beyond], at({ reminderDays: days }))).toEqual([])
      }),
    )
  })

  it('reaches every one-off plan exactly once per day and end, however the looks are spaced', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 20 * 60 }), { minLength: 1, maxLength: 300 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
        (gapsMinutes, days) => {
          const one = held({ startsAt: noon, expiresAt: addDays(noon, 10) })
          const told = new Set<string>()
          let now = noon
          for (const minutes of gapsMinutes) {
            now = new Date(now.getTime() + minutes * 60_000)
            for (const slot of dueNow(one, [], at({ now, reminderDays: days }))) {
              told.add(`${slot.kind}:${slot.daysBefore}`)
            }
          }
          // Looks at most 20 h apart fall into every slot that is over by the last of them.
          const passed = days.filter((d) => now >= addDays(noon, 10 - d + 1))
          for (const d of passed) expect([...told]).toContain(`before_end:${d}`)
          if (now >= addDays(noon, 11)) expect([...told]).toContain('ended:0')
        },
      ),
    )
  })

  it('does not tell early, nor of an end ahead when it is here', () => {
    const slot = { kind: 'before_end', daysBefore: 3 } as const
    expect(isDue(held({ expiresAt: addDays(noon, 4) }), [], slot, at())).toBe(false)
    expect(isDue(held({ expiresAt: noon }), [], slot, at())).toBe(false)
  })

  it('says nothing before the end of a subscription that was canceled: its buyer knows', () => {
    const canceled = held({ kind: 'subscription', renews: false })
    expect(dueNow(canceled, [], at())).toEqual([])
    const ended = { ...canceled, expiresAt: addDays(noon, -0.1) }
    expect(dueNow(ended, [], at())).toMatchObject([{ kind: 'ended' }])
  })

  it('skips a reminder that is out of date because a later one is due as well', () => {
    const due = dueNow(held({ expiresAt: addDays(noon, 0.5) }), [], at({ reminderDays: [7, 3, 1] }))
    expect(due).toMatchObject([{ kind: 'before_end', daysBefore: 1 }])
    const third = held({ expiresAt: addDays(noon, 3) })
    const first = { kind: 'before_end', daysBefore: 7 } as const
    expect(isDue(third, [], first, at({ reminderDays: [7, 3] }))).toBe(false)
    const slot = { kind: 'before_end', daysBefore: 3 } as const
    const delayed = held({ expiresAt: addDays(noon, 0.5) })
    expect(isDue(delayed, [], slot, at({ reminderDays: [7, 3, 1] }))).toBe(false)
    expect(isDue(delayed, [], slot, at({ reminderDays: [7, 3] }))).toBe(true)
  })

  it('says nothing before the end of a plan that was bought for fewer days than that', () => {
    const short = held({ startsAt: addDays(noon, -0.1), expiresAt: addDays(noon, 2.9) })
    expect(dueNow(short, [], at())).toEqual([])
  })

  it('waits for the grace of a renewal that is late', () => {
    const renewing = (days: number) =>
      held({ kind: 'subscription', renews: true, expiresAt: addDays(noon, days) })
    expect(dueNow(renewing(2), [], at())).toEqual([])
    expect(dueNow(renewing(-0.9), [], at())).toEqual([])
    expect(dueNow(renewing(-1), [], at())).toMatchObject([{ kind: 'ended' }])
    expect(dueNow(renewing(-0.9 - lateDaysMax), [], at())).toMatchObject([{ kind: 'ended' }])
    expect(dueNow(renewing(-1 - lateDaysMax), [], at())).toEqual([])
  })

  it('does not call a plan ended while a renewing one of the family has its grace', () => {
    const silver = held({ planCode: 'silver_1m', tier: 1, expiresAt: addDays(noon, -0.1) })
    const gold = held({ kind: 'subscription', renews: true, expiresAt: addDays(noon, -0.5) })
    expect(dueNow(silver, [gold], at())).toEqual([])
    expect(dueNow(silver, [{ ...gold, renews: false }], at())).toMatchObject([{ kind: 'ended' }])
    const graceOver = { ...gold, expiresAt: addDays(noon, -1) }
    expect(dueNow(silver, [graceOver], at())).toMatchObject([{ kind: 'ended' }])
  })

  it('is not silenced by another family, a lower tier, or what was taken back', () => {
    const longer = held({ planCode: 'other', expiresAt: addDays(noon, 90) })
    expect(dueNow(held(), [longer], at())).toEqual([])
    for (const apart of [{ family: 'coaching' }, { tier: 1 }, { revokedAt: noon }]) {
      expect(dueNow(held(), [{ ...longer, ...apart }], at())).toHaveLength(1)
    }
  })

  it('sends one message about two plans that end together', () => {
    const silver = held({ planCode: 'silver_1m', tier: 1 })
    const gold = held()
    const twin = held({ planCode: 'gold_3m' })
    expect(dueNow(silver, [gold], at())).toEqual([])
    expect(dueNow(gold, [silver], at())).toHaveLength(1)
    expect(dueNow(gold, [twin], at())).toHaveLength(1)
    expect(dueNow(twin, [gold], at())).toEqual([])
    const basic = held({ planCode: 'basic', tier: 1 })
    expect(dueNow(basic, [gold], at())).toEqual([])
    expect(dueNow(gold, [basic], at())).toHaveLength(1)
  })
})
