import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parsePayload, signPayload } from '@/lib/domain/invoices/payload'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { askToPay, type Bill, billFor, deliver, holdings, makeChargeId } from '@/lib/testing/doors'
import { dumpDatabase } from '@/lib/testing/dump'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import {
  makePaymentUpdate,
  makeRefundUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'
import { runWorkerUntilEmpty } from '@/lib/worker/run-worker'

let api: FakeBotApi
let ann: PersonActor
let bill: Bill

const dayMs = 86_400_000
const events = () => db().paymentEvent.findMany({ where: { telegramUserId: ann.telegramUserId } })
const daysLeft = async (planCode: string) => {
  const one = (await holdings(ann)).find((held) => held.plan_code === planCode)
  return one?.expires_at && Math.round((Date.parse(one.expires_at) - Date.now()) / dayMs)
}
/** The row of a charge in Telegram's own list. */
const listed = ({ chargeId, payload, amount }: Bill) => ({
  id: chargeId,
  amount,
  date: Math.floor(Date.now() / 1000),
  source: {
    type: 'user',
    transaction_type: 'invoice_payment',
    user: { id: ann.telegramUserId, is_bot: false, first_name: ann.firstName },
    invoice_payload: payload,
  },
})
/** Another bill of the same plan, as if it had been made when that was still allowed. */
const anotherBill = async (planCode: string) => {
  const id = newId()
  const { amount } = await db().planPrice.findUniqueOrThrow({
    where: { planCode_currency: { planCode, currency: 'XTR' } },
  })
  const terms = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: Number(amount) }
  const payload = signPayload({ id, planCode, issuedAt: new Date(), ...terms })
  return { payload, amount: Number(amount), chargeId: makeChargeId() }
}
const pay = async (planCode: string, daysAgo = 0) => {
  const made = await anotherBill(planCode)
  const { message, update_id } = makePaymentUpdate(ann, made)
  const update = { update_id, message: { ...message, date: message.date - daysAgo * 86_400 } }
  // Many at once for one person may be asked to come again, as Telegram then does.
  let response = await deliver(update)
  while (response.status === 503) response = await deliver(update)
  expect(response.status).toBe(200)
  return made
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  await pool().query('delete from graphile_worker._private_jobs')
  ann = makePerson()
  bill = await billFor(ann)
})

describe('a charge', () => {
  it('is written whole or not at all: event, entitlement, invoice, message and raw update', async () => {
    const tables = ['payment_events', 'entitlements', 'invoices', 'telegram_updates']
    const update = makePaymentUpdate(ann, bill)
    for (const table of [
      ...tables.map((one) => `public.${one}`),
      'graphile_worker._private_jobs',
    ]) {
      await pool().query(`create function pg_temp_break() returns trigger language plpgsql as
        $$ begin raise exception 'broken' using errcode = '40001'; end $$`)
      await pool().query(`create trigger broken before insert or update on ${table}
        for each row execute function pg_temp_break()`)
      const before = await dumpDatabase()
      expect((await deliver(update)).status).toBe(503)
      expect(await dumpDatabase()).toEqual(before)
      await pool().query('drop function pg_temp_break cascade')
    }
    expect((await deliver(update)).status).toBe(200)
    expect(await holdings(ann)).toMatchObject([{ plan_code: 'gold_1m', active: true }])
    await runWorkerUntilEmpty()
    expect(api.texts().filter((text) => String(text).includes('Thank you'))).toHaveLength(1)
  })

  it('counts once, repeated with the same and with another update id', async () => {
    const update = makePaymentUpdate(ann, bill)
    for (const one of [update, update, { ...update, update_id: nextUpdateId() }, update]) {
      expect((await deliver(one)).status).toBe(200)
    }
    expect(await events()).toHaveLength(1)
    expect(await daysLeft('gold_1m')).toBe(30)
  })

  it('counts once when webhook and comparison tell of it at the same moment', async () => {
    api.answer('getStarTransactions', ({ offset }) => ({
      transactions: [listed(bill)].slice(Number(offset)),
    }))
    const update = makePaymentUpdate(ann, bill)
    const [first, second] = await Promise.all([
      deliver(update),
      deliver({ ...update, update_id: nextUpdateId() }),
      reconcile({ kind: 'system' }, 'full'),
    ])
    expect([first.status, second.status]).toEqual([200, 200])
    expect(await events()).toMatchObject([{ status: 'completed', toldBy: 'update' }])
    expect(await daysLeft('gold_1m')).toBe(30)
    api.answer('getStarTransactions', () => ({ transactions: [] }))
  })

  it('needs no pre-checkout that this process has seen', async () => {
    await deliver(makePaymentUpdate(ann, bill))
    expect(await events()).toMatchObject([{ status: 'completed', preCheckoutQueryId: null }])
  })

  it('may overtake the repeated question about it, which is answered with no', async () => {
    expect(await askToPay(ann, bill)).toMatchObject({ ok: true })
    await deliver(makePaymentUpdate(ann, bill))
    expect(await askToPay(ann, bill)).toMatchObject({ ok: false })
    const completed = (await events()).filter((row) => row.chargeId !== null)
    expect(completed).toMatchObject([{ status: 'completed', chargeId: bill.chargeId }])
    expect((await events()).filter((row) => row.status === 'pending')).toEqual([])
  })

  it('for a plan that was retired and repriced meanwhile gives what was sold', async () => {
    await db().plan.update({
      where: { code: 'gold_1m' },
      data: { onSale: false, durationDays: 7 },
    })
    await db().planPrice.deleteMany({ where: { planCode: 'gold_1m' } })
    await deliver(makePaymentUpdate(ann, bill))
    expect(await daysLeft('gold_1m')).toBe(30)
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: true, durationDays: 30 } })
    await db().planPrice.create({ data: { planCode: 'gold_1m', currency: 'XTR', amount: 500 } })
  })

  it('for a plan that nobody knows is kept for review, and admins and buyer are told', async () => {
    const terms = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: 500 }
    const payload = signPayload({ id: newId(), planCode: 'gone', issuedAt: new Date(), ...terms })
    expect((await deliver(makePaymentUpdate(ann, { ...bill, payload }))).status).toBe(200)
    expect(await events()).toMatchObject([
      { status: 'review', reason: 'unknown_payload', planCode: null },
    ])
    await runWorkerUntilEmpty()
    await runWorkerUntilEmpty()
    const recipients = api.calls
      .filter((call) => call.method === 'sendMessage')
      .map((call) => call.params.chat_id)
    expect(recipients.sort()).toEqual([...env().ADMIN_TELEGRAM_IDS, ann.telegramUserId].sort())
    expect(api.texts().join()).toMatch(/being checked by a person/)
  })

  it('keeps its id of 200 characters to the last one', async () => {
    const chargeId = `stx${'a'.repeat(196)}`
    await deliver(makePaymentUpdate(ann, { ...bill, chargeId: `${chargeId}1` }))
    await deliver(
      makePaymentUpdate(ann, { ...(await anotherBill('gold_1m')), chargeId: `${chargeId}2` }),
    )
    expect((await events()).map((row) => row.chargeId).sort()).toEqual([
      `${chargeId}1`,
      `${chargeId}2`,
    ])
    expect(await daysLeft('gold_1m')).toBe(60)
  })

  it('finds its person by an id of 52 bits through every door', async () => {
    ann = makePerson({ telegramUserId: 4_503_599_627_370_495 })
    bill = await billFor(ann)
    expect(await askToPay(ann, bill)).toMatchObject({ ok: true })
    await deliver(makePaymentUpdate(ann, bill))
    expect(await daysLeft('gold_1m')).toBe(30)
    await deliver(makeTextUpdate(ann, '/account'))
    expect(api.calls.at(-1)?.params).toMatchObject({ chat_id: 4_503_599_627_370_495 })
    const { rows } = await pool().query(
      'select telegram_user_id from telegram_payment_events where telegram_payment_charge_id = $1',
      [bill.chargeId],
    )
    expect(rows).toEqual([{ telegram_user_id: '4503599627370495' }])
  })
})

describe('an entitlement', () => {
  it('is there at the first request after the answer to Telegram', async () => {
    expect(await holdings(ann)).toEqual([])
    await deliver(makePaymentUpdate(ann, bill))
    expect(await holdings(ann)).toMatchObject([
      { plan_code: 'gold_1m', active: true, status: 'active', source: 'stars', renews: false },
    ])
  })

  it('grows from its end while it runs, and from now after a lapse', async () => {
    await pay('gold_1m', 10)
    await pay('gold_1m')
    expect(await daysLeft('gold_1m')).toBe(50)
    await pay('coaching_1m', 100)
    expect((await holdings(ann)).find((one) => one.plan_code === 'coaching_1m')).toMatchObject({
      active: false,
      status: 'expired',
    })
    await pay('coaching_1m')
    expect(await daysLeft('coaching_1m')).toBe(30)
  })

  it('of a higher tier starts at once while the lower one runs to its end', async () => {
    await pay('silver_1m', 10)
    await pay('gold_1m')
    expect(await daysLeft('silver_1m')).toBe(20)
    expect(await daysLeft('gold_1m')).toBe(30)
    expect((await holdings(ann)).map((one) => one.status)).toEqual(['active', 'active'])
  })

  it('for life has no end, and a second one is kept for review', async () => {
    await pay('lifetime')
    expect(await holdings(ann)).toMatchObject([{ plan_code: 'lifetime', expires_at: null }])
    await pay('lifetime')
    expect((await events()).map((row) => row.status).sort()).toEqual(['completed', 'review'])
  })

  it('is one row per person and plan, however many payments there are', async () => {
    await Promise.all([pay('gold_1m'), pay('gold_1m'), pay('gold_1m'), pay('silver_1m')])
    const rows = await db().entitlement.findMany({
      where: { user: { telegramUserId: ann.telegramUserId } },
      select: { planCode: true },
    })
    expect(rows.map((row) => row.planCode).sort()).toEqual(['gold_1m', 'silver_1m'])
    expect(await daysLeft('gold_1m')).toBe(90)
  })

  it('is what the payments give that were not refunded: paid on day 0 and 25, the first refunded on day 27, the end is day 55', async () => {
    const first = await pay('gold_1m', 27)
    await pay('gold_1m', 2)
    expect(await daysLeft('gold_1m')).toBe(33)
    await deliver(makeRefundUpdate(ann, first))
    expect(await daysLeft('gold_1m')).toBe(28)
    expect(parsePayload(first.payload)?.planCode).toBe('gold_1m')
  })
})
