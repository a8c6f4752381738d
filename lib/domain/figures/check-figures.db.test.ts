import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { expectedFigures, fillFigureRows, shownFigures, sql } from '@/lib/testing/figure-rows'
import { checkFigures } from './check-figures'
import { rollUpDays } from './roll-up-days'
import { dayAfter, dayOf } from './rules'

const system = { kind: 'system' } as const

describe('the check', () => {
  beforeEach(async () => {
    await fillFigureRows(200)
    await rollUpDays(system)
  })

  const findings = () =>
    db().finding.findMany({ where: { kind: 'figures_differ' }, select: { details: true } })

  it('finds a row that was changed past every verb, repairs its day and tells the admins', async () => {
    const [row] = await sql(
      `update payment_events set amount = amount + 1 where id = (select id from payment_events
         where charge_id is not null order by created_at limit 1)
       returning (created_at at time zone 'UTC')::date::text as day`,
    )
    expect(await shownFigures()).not.toEqual(await expectedFigures())
    expect(await checkFigures(system)).toEqual([row.day])
    expect(await shownFigures()).toEqual(await expectedFigures())
    expect(await findings()).toEqual([
      { details: { first_day: row.day, last_day: row.day, days: 1 } },
    ])
    const told = await sql(`select from graphile_worker.jobs where task_identifier = 'tell_admins'`)
    expect(told).toHaveLength(1)
    expect(await checkFigures(system)).toEqual([])
  })

  it.each([
    ['a figure that is one too high', 'update figures set count = count + 1'],
    ['a sum that is one unit too low', 'update figures set amount = amount - 1'],
    ['a figure that is gone', 'delete from figures'],
  ])('finds %s', async (_what, damage) => {
    const day = dayAfter(dayOf(new Date()), -20)
    await sql(`${damage} where measure = 'charge' and day = $1`, [day])
    expect(await checkFigures(system)).toEqual([day])
    expect(await shownFigures()).toEqual(await expectedFigures())
  })

  it('finds a figure that nothing stands behind', async () => {
    await sql(
      `insert into figures values ('charge', '2020-02-02', 'gold_1m', 'stars', 'XTR', 'one_off', 1, 1)`,
    )
    expect(await checkFigures(system)).toEqual(['2020-02-02'])
    expect(await shownFigures()).toEqual(await expectedFigures())
  })

  it('finds a day that was forgotten, and one whose rows are gone', async () => {
    const day = dayAfter(dayOf(new Date()), -15)
    await sql('delete from figure_days where day = $1', [day])
    await sql(
      `delete from payment_events where (created_at at time zone 'UTC')::date = $1::date - 1`,
      [day],
    )
    expect(await checkFigures(system)).toEqual(expect.arrayContaining([dayAfter(day, -1), day]))
    expect(await shownFigures()).toEqual(await expectedFigures())
  })

  it('calls no day wrong whose rows changed since it was counted', async () => {
    await sql(
      `update payment_events set status = 'refunded', refunded_at = now(), updated_at = now()
       where status = 'completed'`,
    )
    expect(await checkFigures(system)).toEqual([])
    expect(await findings()).toEqual([])
    expect(await shownFigures()).toEqual(await expectedFigures())
  })
})
