import { beforeEach, describe, expect, it } from 'vitest'
import type { AdminActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'
import {
  expectedFigures,
  fillFigureRows,
  longAgo,
  shownFigures,
  sql,
} from '@/lib/testing/figure-rows'
import { checkFigures } from './check-figures'
import { findFreshness } from './queries'
import { rollUpDays } from './roll-up-days'
import { dayOf } from './rules'

const system = { kind: 'system' } as const
const owner: AdminActor = {
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role: 'owner',
  from: '127.0.0.1',
}

describe('the figures', () => {
  beforeEach(() => fillFigureRows(400))

  it('equal the raw rows to the unit, in every currency, by whatever day they happened on', async () => {
    await rollUpDays(system)
    const figures = await shownFigures()
    expect(figures.length).toBeGreaterThan(500)
    expect(figures).toEqual(await expectedFigures())
    expect(await checkFigures(system)).toEqual([])
    expect(await findFreshness(owner)).toEqual({
      counted_at: expect.any(String),
      waiting_days: 0,
    })
  })

  it('follow charges that were found late and refunds of old ones', async () => {
    await rollUpDays(system)
    const old = addDays(new Date(), -35)
    const chargedOn = async (moment: Date) => {
      const [row] = await sql(
        `select coalesce(sum(amount), 0)::int as amount from figures
         where measure = 'charge' and currency = 'XTR' and day = $1`,
        [dayOf(moment)],
      )
      return row.amount
    }
    const before = await chargedOn(old)
    const [invoice] = await sql(
      `select * from invoices where status = 'open' and method = 'stars' order by id limit 1`,
    )
    await sql(
      `insert into payment_events (id, provider, telegram_user_id, charge_id, invoice_id,
         invoice_payload, amount, currency, plan_code, status, charged_at, created_at, updated_at)
       values ($1, 'stars', 1, 'late', $2, 'late', 777, 'XTR', 'gold_1m', 'completed', $3, $4, $4)`,
      [newId(), invoice.id, old, new Date()],
    )
    await sql(`update invoices set status = 'paid' where id = $1`, [invoice.id])
    await sql(
      `update payment_events set status = 'refunded', refunded_at = now(), updated_at = now()
       where id = (select id from payment_events where status = 'completed'
         order by created_at limit 1)`,
    )
    await rollUpDays(system)
    expect(await shownFigures()).toEqual(await expectedFigures())
    expect(await chargedOn(old)).toBe(before + 777)
  })

  it('leave the day that a charge or a refund was moved away from', async () => {
    await rollUpDays(system)
    const [charge] = await sql(
      `select id from payment_events where status = 'completed' order by created_at limit 1`,
    )
    const [refund] = await sql(`select id from payment_events where status = 'refunded' limit 1`)
    await sql(
      `update payment_events set charged_at = charged_at - interval '5 days', updated_at = now()
       where id = $1`,
      [charge.id],
    )
    await sql(
      `update payment_events set status = 'completed', refunded_at = null, updated_at = now()
       where id = $1`,
      [refund.id],
    )
    await sql(
      `update payment_events set settled_at = now(), updated_at = now() where status = 'review'`,
    )
    await sql(
      `update entitlements set starts_at = starts_at - interval '3 days', renews = not renews,
         updated_at = now() where id in (select id from entitlements order by id limit 20)`,
    )
    await rollUpDays(system)
    expect(await shownFigures()).toEqual(await expectedFigures())
  })

  it('count only the days whose rows changed, and need nobody to count the others', async () => {
    expect(await rollUpDays(system)).toBeGreaterThan(39)
    await sql('update payment_events set updated_at = $1', [longAgo])
    // The one that holds what is written at this moment; two around midnight.
    expect(await rollUpDays(system)).toBeLessThanOrEqual(2)
  })

  it('are the same when several count at once, and when one died before the others', async () => {
    await Promise.all(Array.from({ length: 4 }, () => rollUpDays(system)))
    expect(await shownFigures()).toEqual(await expectedFigures())
    await sql('update figure_days set counted_at = null where day < $1', [dayOf(longAgo)])
    expect((await findFreshness(owner)).waiting_days).toBeGreaterThan(0)
    await rollUpDays(system)
    expect(await shownFigures()).toEqual(await expectedFigures())
    expect((await findFreshness(owner)).waiting_days).toBe(0)
  })

  it('are all counted anew when the time of grace was changed', async () => {
    await rollUpDays(system)
    const kept = env().GRACE_HOURS
    env().GRACE_HOURS = 72
    try {
      expect(await rollUpDays(system)).toBeGreaterThan(39)
      expect(await shownFigures()).not.toEqual(await expectedFigures())
      expect(await checkFigures(system)).toEqual([])
    } finally {
      env().GRACE_HOURS = kept
    }
    await rollUpDays(system)
    expect(await shownFigures()).toEqual(await expectedFigures())
  })
})
