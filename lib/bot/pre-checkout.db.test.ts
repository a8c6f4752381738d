import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { botMessages } from '@/lib/messages/bot'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { closePool } from '@/lib/platform/pool'
import { askToPay, type Bill, billFor, deliver, holdings, makeChargeId } from '@/lib/testing/doors'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy'
import {
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
} from '@/lib/testing/telegram-requests'
import { receiveUpdate } from './webhook'

let api: FakeBotApi
let database: TcpProxy
let ann: PersonActor
let bill: Bill

const rowsOf = (id: string) => db().paymentEvent.findMany({ where: { preCheckoutQueryId: id } })
const sentence = (reason: keyof typeof botMessages.preCheckout) => ({
  ok: false,
  error_message: botMessages.preCheckout[reason],
})
const withPart = (at: number, part: string) => bill.payload.split('.').with(at, part).join('.')
const issued = (secondsAgo: number) =>
  db().invoice.update({
    where: { id: bill.id },
    data: {
      createdAt: new Date(Date.now() - secondsAgo * 1000),
      expiresAt: new Date(Date.now() - (secondsAgo - env().INVOICE_TTL_SECONDS) * 1000),
    },
  })

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  const server = new URL(env().DATABASE_URL)
  database = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  server.port = String(database.port)
  env().DATABASE_URL = server.href
})
afterAll(async () => {
  await closePool()
  await Promise.all([api.close(), database.close()])
})
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  bill = await billFor(ann)
})

describe('a question whether somebody may pay', () => {
  it('is answered with yes when everything fits, and kept as pending', async () => {
    expect(await askToPay(ann, { ...bill, id: 'yes' })).toMatchObject({ ok: true })
    expect(await rowsOf('yes')).toMatchObject([{ status: 'pending', planCode: 'gold_1m' }])
  })

  it.each<[string, keyof typeof botMessages.preCheckout, () => Promise<unknown> | object]>([
    ['another amount', 'amount_mismatch', () => ({ amount: 499 })],
    ['another currency', 'currency_mismatch', () => ({ currency: 'EUR' })],
    ['another plan', 'plan_mismatch', () => ({ payload: withPart(1, 'lifetime') })],
    ['an unknown invoice', 'unknown_invoice', () => ({ payload: withPart(0, newId()) })],
    ['a payload that is not ours', 'malformed_payload', () => ({ payload: 'order-17' })],
    ['no payload', 'malformed_payload', () => ({ payload: '' })],
    ['a changed tag', 'malformed_payload', () => ({ payload: withPart(3, 'A'.repeat(22)) })],
  ])('about %s is answered with no and a sentence', async (_, reason, change) => {
    const id = `no-${_}`
    expect(await askToPay(ann, { ...bill, id, ...change() })).toMatchObject(sentence(reason))
    expect(await rowsOf(id)).toMatchObject([{ status: 'failed', reason }])
  })

  it("about somebody else's invoice is answered with no", async () => {
    expect(await askToPay(makePerson(), bill)).toMatchObject(sentence('wrong_user'))
  })

  it('is answered with no once the invoice is older than one hour, not before', async () => {
    await issued(3590)
    expect(await askToPay(ann, bill)).toMatchObject({ ok: true })
    await issued(3601)
    expect(await askToPay(ann, bill)).toMatchObject(sentence('invoice_expired'))
  })

  it('is answered with no when the invoice is paid, and the buyer reads that nothing more is charged', async () => {
    await deliver(makePaymentUpdate(ann, bill))
    expect(await askToPay(ann, bill)).toMatchObject(sentence('already_paid'))
    expect(botMessages.preCheckout.already_paid).toMatch(/not charged/)
  })

  it('is answered with no when the plan was retired or its price changed', async () => {
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: false } })
    expect(await askToPay(ann, bill)).toMatchObject(sentence('plan_unavailable'))
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: true } })
    const price = { planCode: 'gold_1m', currency: 'XTR' }
    await db().planPrice.updateMany({ where: price, data: { amount: 501 } })
    expect(await askToPay(ann, bill)).toMatchObject(sentence('price_changed'))
    await db().planPrice.updateMany({ where: price, data: { amount: 500 } })
  })

  it('is answered with no to a banned person', async () => {
    const telegramUserId = ann.telegramUserId
    await db().user.update({ where: { telegramUserId }, data: { bannedAt: new Date() } })
    expect(await askToPay(ann, bill)).toMatchObject(sentence('banned'))
  })

  it('is answered with no within 5 seconds while the database is frozen', async () => {
    database.set('freeze')
    const startedAt = Date.now()
    const deferred: Promise<void>[] = []
    const delivery = makeDelivery(makePreCheckoutUpdate(ann, bill))
    const response = await receiveUpdate(delivery, (work) => void deferred.push(work()))
    const answer = await response.json()
    const tookMs = Date.now() - startedAt
    database.set('pass')
    await Promise.all(deferred)
    expect(answer).toMatchObject(sentence('unavailable'))
    expect(tookMs).toBeLessThan(5000)
  })
})

describe('every sentence of a refusal', () => {
  it.each(Object.entries(botMessages.preCheckout))(
    'is one that a buyer understands: %s',
    (_, text) => {
      expect(text).toMatch(/^[A-Z].*\.$/)
      expect(text.length).toBeLessThanOrEqual(200)
      expect(text).not.toMatch(/payload|pre-?checkout|mismatch|database|_/i)
    },
  )
})

describe('an answer that does not count any more', () => {
  it('because the question was repeated is given again and kept once', async () => {
    const update = makePreCheckoutUpdate(ann, { ...bill, id: 'again' })
    for (const one of [update, update]) {
      expect(await (await deliver(one)).json()).toMatchObject({ ok: true })
    }
    expect(await rowsOf('again')).toHaveLength(1)
  })

  it('because the charge overtook it adds no question to the ledger', async () => {
    await deliver(makePaymentUpdate(ann, bill))
    expect(await askToPay(ann, { ...bill, id: 'late' })).toMatchObject({ ok: false })
    const rows = await db().paymentEvent.findMany({ where: { invoiceId: bill.id } })
    expect(rows.filter((row) => row.status === 'completed')).toHaveLength(1)
    expect(rows.filter((row) => row.status === 'pending')).toHaveLength(0)
  })

  it('because Telegram rejected it takes nothing from a charge that comes all the same', async () => {
    const telegramUserId = ann.telegramUserId
    await db().user.update({ where: { telegramUserId }, data: { bannedAt: new Date() } })
    expect(await askToPay(ann, bill)).toMatchObject({ ok: false })
    await deliver(makePaymentUpdate(ann, { ...bill, chargeId: makeChargeId() }))
    expect(await holdings(ann)).toMatchObject([{ plan_code: 'gold_1m', active: true }])
  })

  it('because nobody paid becomes not_charged, and is adopted when the charge comes after all', async () => {
    await askToPay(ann, { ...bill, id: 'slow' })
    await db().paymentEvent.updateMany({
      where: { preCheckoutQueryId: 'slow' },
      data: { status: 'failed', reason: 'not_charged' },
    })
    await deliver(makePaymentUpdate(ann, bill))
    expect(await rowsOf('slow')).toMatchObject([{ status: 'completed', chargeId: bill.chargeId }])
  })
})
