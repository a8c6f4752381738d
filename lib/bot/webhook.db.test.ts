import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { closePool, pool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy'
import {
  makeCallbackUpdate,
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'
import { receiveUpdate } from './webhook'

let api: FakeBotApi
let database: TcpProxy
let ann: PersonActor
const deferred: Promise<void>[] = []

const deliver = (body: unknown, headers?: Record<string, string>) =>
  receiveUpdate(makeDelivery(body, headers), (work) => void deferred.push(work()))

const chargeId = () => `stx${randomBytes(66).toString('hex')}`

const invoiceOf = async (person: PersonActor, planCode = 'gold_1m') => {
  const { invoice_id: id } = await createInvoice(person, { plan_code: planCode, method: 'stars' })
  const row = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { payload: row.payload, amount: Number(row.amount) }
}

const reachableOf = async (person: PersonActor) =>
  (await db().user.findUnique({ where: { telegramUserId: person.telegramUserId } }))?.reachable

const kept = (updateId: number) => db().telegramUpdate.findMany({ where: { updateId } })

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
beforeEach(() => {
  api.reset()
  ann = makePerson()
})

describe('the door', () => {
  it.each([
    ['no secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'x'.repeat(36) }],
  ])('answers 401 to %s and does nothing', async (_, headers) => {
    const invoice = await invoiceOf(ann)
    const forged = makePaymentUpdate(ann, { ...invoice, chargeId: chargeId() })
    expect((await deliver(forged, headers)).status).toBe(401)
    expect((await listEntitlements(ann, ann.telegramUserId)).entitlements).toEqual([])
  })

  it.each(['', 'nonsense', '[]', 'null', '7', '{}', '{"update_id":"7"}', '{"update_id":1.5}'])(
    'answers 400 to %j',
    async (body) => expect((await deliver(body)).status).toBe(400),
  )

  it('answers 413 to more than 1 MiB, announced or not', async () => {
    const big = `{"update_id":1,"x":"${'x'.repeat(1024 * 1024)}"}`
    expect((await deliver(big)).status).toBe(413)
    expect((await deliver('{}', { 'content-length': '9999999' })).status).toBe(413)
  })

  it('takes updates of kinds nobody knows yet', async () => {
    expect((await deliver({ update_id: 1, brand_new_type: { x: 1 } })).status).toBe(200)
    expect((await deliver({ update_id: 2 })).status).toBe(200)
  })
})

describe('a payment', () => {
  it('is granted before Telegram hears 200, and its raw update is kept', async () => {
    const update = makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: chargeId() })
    expect((await deliver(update)).status).toBe(200)
    const [held] = (await listEntitlements(ann, ann.telegramUserId)).entitlements
    expect(held).toMatchObject({ plan_code: 'gold_1m', active: true })
    expect(await kept(update.update_id)).toMatchObject([{ state: 'handled', kind: 'message' }])
  })

  it('counts once for repeats with the same and with another update id', async () => {
    const update = makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: chargeId() })
    const repeats = [update, update, { ...update, update_id: nextUpdateId() }]
    for (const one of repeats) expect((await deliver(one)).status).toBe(200)
    expect(await db().paymentEvent.count({ where: { telegramUserId: ann.telegramUserId } })).toBe(1)
  })

  it('of an unexpected shape is kept for review and not sent again', async () => {
    const update = makePaymentUpdate(ann, { amount: 5, payload: 'x', chargeId: '' })
    expect((await deliver(update)).status).toBe(200)
    expect(await kept(update.update_id)).toMatchObject([
      { state: 'review', reason: 'unexpected_shape' },
    ])
  })

  it('typed as a chat message is only text', async () => {
    const typed = JSON.stringify(
      makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: 'stx1' }),
    )
    expect((await deliver(makeTextUpdate(ann, typed))).status).toBe(200)
    expect((await listEntitlements(ann, ann.telegramUserId)).entitlements).toEqual([])
  })

  it('gets 503 with Retry-After while it cannot be committed, and is granted when sent again', async () => {
    const update = makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: chargeId() })
    database.set('reset')
    const answer = await deliver(update)
    database.set('pass')
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await deliver(update)).status).toBe(200)
    expect((await listEntitlements(ann, ann.telegramUserId)).entitlements).toHaveLength(1)
  })
})

describe('a pre-checkout query', () => {
  it('is answered in the reply, and the question is kept after it', async () => {
    const invoice = await invoiceOf(ann)
    const response = await deliver(makePreCheckoutUpdate(ann, { ...invoice, id: '-42' }))
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toMatchObject({
      method: 'answerPreCheckoutQuery',
      pre_checkout_query_id: '-42',
      ok: true,
    })
    await Promise.all(deferred)
    expect(
      await db().paymentEvent.findUnique({ where: { preCheckoutQueryId: '-42' } }),
    ).toMatchObject({
      status: 'pending',
      planCode: 'gold_1m',
    })
  })

  it('that does not fit is refused with a sentence', async () => {
    const invoice = await invoiceOf(ann)
    const response = await deliver(makePreCheckoutUpdate(makePerson(), invoice))
    const body = await response.json()
    expect(body).toMatchObject({ ok: false })
    expect(body.error_message).toMatch(/somebody else/)
  })

  it.each([{}, { id: '9' }, { id: '9', from: { id: 1 }, currency: 'XTR', total_amount: 'x' }])(
    'of an unexpected shape gets 200: %j',
    async (query) => {
      const response = await deliver({ update_id: nextUpdateId(), pre_checkout_query: query })
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ ok: false })
    },
  )

  it('gets a no within 5 seconds while the database says nothing', async () => {
    const invoice = await invoiceOf(ann)
    database.set('freeze')
    const startedAt = Date.now()
    const response = await deliver(makePreCheckoutUpdate(ann, invoice))
    database.set('pass')
    expect(await response.json()).toMatchObject({ ok: false })
    expect(Date.now() - startedAt).toBeLessThan(5000)
  })
})

describe('what else is about money', () => {
  it.each([
    [
      'refunded_payment',
      'handled',
      (id: number) => ({
        message: {
          message_id: 1,
          date: 1,
          from: { id: 7_000_000_001, is_bot: true, first_name: 'B' },
          chat: { id, type: 'private', first_name: 'A' },
          refunded_payment: {
            currency: 'XTR',
            total_amount: 500,
            invoice_payload: 'x',
            telegram_payment_charge_id: 'stx9',
          },
        },
      }),
    ],
    [
      'subscription',
      'review',
      (id: number) => ({
        subscription: {
          user: { id, is_bot: false, first_name: 'A' },
          invoice_payload: 'x',
          state: 'canceled',
        },
      }),
    ],
  ] as const)('%s is kept once as %s', async (_kind, state, make) => {
    const update = { update_id: nextUpdateId(), ...make(ann.telegramUserId) }
    for (const one of [update, update]) expect((await deliver(one)).status).toBe(200)
    expect(await kept(update.update_id)).toMatchObject([{ state }])
  })
})

describe('commands', () => {
  it('greets and remembers that the person can be written to', async () => {
    await deliver(makeTextUpdate(ann, '/start'))
    expect(api.texts()[0]).toContain(`Hello, ${ann.firstName}`)
    expect(await reachableOf(ann)).toBe('yes')
  })

  it('goes straight to the invoice of a deep link, because there is one method', async () => {
    await deliver(makeTextUpdate(ann, '/start gold_1m'))
    const call = api.calls.find((one) => one.method === 'sendInvoice')
    expect(call?.params).toMatchObject({
      chat_id: ann.telegramUserId,
      currency: 'XTR',
      start_parameter: 'gold_1m',
    })
  })

  it('offers what is on sale, and bills what is pressed', async () => {
    await db().plan.update({ where: { code: 'silver_3m' }, data: { onSale: false } })
    await deliver(makeTextUpdate(ann, '/buy'))
    const keyboard = JSON.stringify(api.calls[0]?.params.reply_markup)
    expect(keyboard).toContain('buy:gold_1m')
    expect(keyboard).not.toContain('silver_3m')
    await deliver(makeCallbackUpdate(ann, 'buy:silver_1m'))
    expect(api.calls.map((call) => call.method)).toEqual([
      'sendMessage',
      'answerCallbackQuery',
      'sendInvoice',
    ])
  })

  it('answers old buttons and retired plans with a sentence', async () => {
    await db().plan.update({ where: { code: 'silver_3m' }, data: { onSale: false } })
    await deliver(makeCallbackUpdate(ann, 'buy:silver_3m'))
    await deliver(makeCallbackUpdate(ann, 'menu:2019'))
    expect(api.texts()).toHaveLength(2)
    expect(api.texts()[0]).toMatch(/not on sale/)
  })

  it('refuses the sixth invoice within a minute, whatever door it comes through', async () => {
    for (let i = 0; i < 5; i++) await deliver(makeTextUpdate(ann, '/buy gold_1m'))
    await deliver(makeTextUpdate(ann, '/buy gold_1m'))
    expect(api.calls.filter((call) => call.method === 'sendInvoice')).toHaveLength(5)
    expect(api.texts()[0]).toMatch(/try again in \d+ seconds/)
    await expect(
      createInvoice(ann, { plan_code: 'gold_1m', method: 'stars' }),
    ).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('shows what a person has', async () => {
    await deliver(makeTextUpdate(ann, '/account'))
    await deliver(makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: chargeId() }))
    await deliver(makeTextUpdate(ann, '/account'))
    expect(api.texts()[0]).toMatch(/no plan yet/)
    expect(api.texts()[1]).toMatch(/Gold, 1 month: active until \d+ \w+ \d{4}/)
  })

  it('hands the message after /paysupport to the admins, and only that one', async () => {
    await deliver(makePaymentUpdate(ann, { ...(await invoiceOf(ann)), chargeId: chargeId() }))
    await deliver(makeTextUpdate(ann, '/paysupport'))
    await deliver(makeTextUpdate(ann, 'I paid twice'))
    await deliver(makeTextUpdate(ann, 'hello?'))
    const [listed, sent, help] = api.texts()
    expect(listed).toMatch(/⭐ 500, Gold, 1 month/)
    expect(sent).toMatch(/on its way/)
    expect(help).toMatch(/I understand/)
    const { rows } = await pool().query(
      `select payload from graphile_worker._private_jobs where key like 'support:${ann.telegramUserId}:%'`,
    )
    expect(rows).toMatchObject([{ payload: { text: 'I paid twice' } }])
  })

  it('answers everything else with one sentence, and in groups only what is addressed to it', async () => {
    await deliver(makeTextUpdate(ann, 'hi'))
    const group = { id: -100_123, type: 'supergroup', title: 'G' }
    const inGroup = (text: string) => {
      const update = makeTextUpdate(ann, text)
      return { ...update, message: { ...update.message, chat: group } }
    }
    await deliver(inGroup('hi'))
    await deliver(inGroup('/buy'))
    await deliver(inGroup('/buy@other_bot'))
    await deliver(inGroup('/buy@starpass_test_bot gold_1m'))
    expect(api.texts()).toHaveLength(2)
    expect(api.texts()[1]).toMatch(/in private/)
  })
})

describe('reachability', () => {
  const blocked = (person: PersonActor, status: 'kicked' | 'member') => ({
    update_id: nextUpdateId(),
    my_chat_member: {
      chat: { id: person.telegramUserId, type: 'private', first_name: person.firstName },
      from: { id: person.telegramUserId, is_bot: false, first_name: person.firstName },
      date: 1,
      old_chat_member: { user: { id: 1, is_bot: true, first_name: 'B' }, status: 'member' },
      new_chat_member: { user: { id: 1, is_bot: true, first_name: 'B' }, status },
    },
  })

  it('follows block and unblock', async () => {
    await deliver(blocked(ann, 'kicked'))
    expect(await reachableOf(ann)).toBe('blocked')
    await deliver(blocked(ann, 'member'))
    expect(await reachableOf(ann)).toBe('yes')
  })

  it('notes a refused reply and does not ask Telegram to try again', async () => {
    await deliver(makeTextUpdate(ann, '/start'))
    api.refuse('sendMessage', 403, 'Forbidden: bot was blocked by the user')
    expect((await deliver(makeTextUpdate(ann, '/start'))).status).toBe(200)
    expect(await reachableOf(ann)).toBe('blocked')
  })

  it('never lets a failed reply hold up the payments behind it', async () => {
    api.refuse('sendMessage', 500, 'Internal Server Error')
    expect((await deliver(makeTextUpdate(ann, '/terms'))).status).toBe(200)
  })

  it('asks for any update again while the database is away', async () => {
    database.set('reset')
    const answer = await deliver(makeTextUpdate(ann, '/account'))
    database.set('pass')
    expect(answer.status).toBe(503)
  })
})
