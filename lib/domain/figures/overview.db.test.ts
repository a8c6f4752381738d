import { describe, expect, it } from 'vitest'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import type { AdminActor } from '@/lib/kit/actor'
import { env } from '@/lib/platform/env'
import { startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { fillFigureRows, sql } from '@/lib/testing/figure-rows'
import { findBotStars, findOverview } from './queries'
import { rollUpDays } from './roll-up-days'
import { dayAfter, dayOf } from './rules'

const system = { kind: 'system' } as const
const owner: AdminActor = {
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role: 'owner',
  from: '127.0.0.1',
}

describe('the overview', () => {
  it('sums what the raw rows of its days say', async () => {
    await fillFigureRows(400)
    await rollUpDays(system)
    const today = dayOf(new Date())
    for (const range of [7, 30, 90] as const) {
      const { days, totals, access, plans, methods, from } = await findOverview(owner, range)
      expect(from).toBe(dayAfter(today, 1 - range))
      expect(days).toHaveLength(range)
      const [raw] = await sql(
        `select count(*)::int as charges, count(*) filter (where status = 'refunded')::int as returned,
           (select count(*)::int from invoices where (created_at at time zone 'UTC')::date >= $1)
             as invoices
         from payment_events
         where charge_id is not null and (charged_at at time zone 'UTC')::date between $1 and $2`,
        [from, today],
      )
      expect(totals).toMatchObject(raw)
      const byDay = days.reduce((sum, one) => sum + one.one_off + one.first + one.renewal, 0)
      expect(byDay).toBe(raw.charges)
      for (const groups of [plans, methods]) {
        expect(groups.reduce((sum, one) => sum + one.charges, 0)).toBe(raw.charges)
        expect(groups.reduce((sum, one) => sum + one.active, 0)).toBe(access.active)
      }
      const [held] = await sql(
        `select count(*)::int as active from entitlements where starts_at < $1::date + 1
         and least(revoked_at, case when renews then expires_at + interval '1 day' else expires_at end)
           is distinct from 'infinity'
         and coalesce(least(revoked_at, case when renews then expires_at + interval '1 day'
           else expires_at end), 'infinity') >= $1::date
         and coalesce(least(revoked_at, case when renews then expires_at + interval '1 day'
           else expires_at end), 'infinity') > starts_at`,
        [today],
      )
      expect(access.active).toBe(held.active)
    }
  })

  it('knows an empty shop, and what a refund does to a day', async () => {
    await fillFigureRows(0)
    await rollUpDays(system)
    expect(await findOverview(owner, 30)).toMatchObject({ is_empty: true, plans: [], methods: [] })
    await recordRefund(system, {
      provider: 'stars',
      chargeId: 'refund-alone',
      providerChargeId: null,
      telegramUserId: 5,
      currency: 'XTR',
      amount: 300,
      payload: 'unknown',
      refundedAt: new Date(),
    })
    await rollUpDays(system)
    const { is_empty, sales } = await findOverview(owner, 30)
    expect(is_empty).toBe(false)
    expect(sales[0]).toMatchObject({ charges: 1, refunds: 1, estimate: null })
  })

  it('says what the bot has and what Telegram may hold of it', async () => {
    await fillFigureRows(100)
    await rollUpDays(system)
    const api = await startFakeBotApi()
    env().TELEGRAM_API_ROOT = api.url
    try {
      api.answer('getMyStarBalance', () => ({ amount: 1_000_000 }))
      const since = dayAfter(dayOf(new Date()), -21)
      const [kept] = await sql(
        `select sum(amount)::int as amount from payment_events where currency = 'XTR'
         and charge_id is not null and status <> 'refunded'
         and (charged_at at time zone 'UTC')::date >= $1`,
        [since],
      )
      expect(await findBotStars(owner)).toEqual({
        balance: 1_000_000,
        held: kept.amount,
        held_days: 21,
        worth: { currency: 'USD', amount: 1_300_000 },
      })
      api.answer('getMyStarBalance', () => ({ amount: 10 }))
      expect((await findBotStars(owner)).held).toBe(10)
      api.refuse('getMyStarBalance', 500, 'Internal Server Error')
      await expect(findBotStars(owner)).rejects.toThrow()
    } finally {
      await api.close()
    }
  })
})
