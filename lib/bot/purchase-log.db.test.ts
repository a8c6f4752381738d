import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { correlationOf } from '@/lib/domain/invoices/correlation'
import { invoiceDto } from '@/lib/domain/invoices/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { closePool, pool } from '@/lib/platform/pool'
import { type CapturedLog, captureLog } from '@/lib/testing/captured-log'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy'
import {
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
  makeRefundUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'
import { runWorkerUntilEmpty } from '@/lib/worker/run-worker'
import { receiveUpdate } from './webhook'

let api: FakeBotApi
let database: TcpProxy
let log: CapturedLog
let ann: PersonActor
let chargeId: string

const deliver = async (body: unknown) => {
  const deferred: Promise<void>[] = []
  const response = await receiveUpdate(makeDelivery(body), (work) => void deferred.push(work()))
  await Promise.all(deferred)
  return response
}

/** A new invoice through REST: its payload and price, as Telegram will repeat them. */
const invoice = async () => {
  const request = new Request('https://plans.test/api', {
    method: 'POST',
    headers: { authorization: `tma ${makeInitData(ann)}` },
    body: JSON.stringify({ plan_code: 'gold_1m' }),
  })
  const response = await sendInvoice(request, { params: Promise.resolve({}) })
  const { invoice_id: id } = invoiceDto.parse(await response.json())
  const { payload, amount } = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { id, payload, amount: Number(amount), chargeId }
}

/** Does what is due, also what waits for another attempt. */
const work = async () => {
  await pool().query('update graphile_worker._private_jobs set run_at = now()')
  await runWorkerUntilEmpty()
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  const server = new URL(env().DATABASE_URL)
  database = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  server.port = String(database.port)
  env().DATABASE_URL = server.href
  log = captureLog()
})
afterAll(async () => {
  await closePool()
  await Promise.all([api.close(), database.close()])
})
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  chargeId = `stx${randomBytes(66).toString('hex')}`
  await pool().query('delete from graphile_worker._private_jobs')
  log.clear()
})

/** Every line is about this purchase, and says how the thing it tells of went. */
const expectAllAbout = (invoiceId: string) => {
  for (const line of log.lines()) {
    expect(line).toMatchObject({
      correlationId: invoiceId,
      invoiceId,
      telegramUserId: ann.telegramUserId,
      outcome: expect.stringMatching(/^\w+$/),
    })
  }
}
const told = () => log.lines().map((line) => `${line.event}: ${line.outcome}`)

describe('the log of one purchase', () => {
  it('has one name in every line from the invoice to the refund, whatever goes wrong in between', async () => {
    const bought = await invoice()
    await deliver(makePreCheckoutUpdate(ann, { ...bought, amount: 1 }))
    await deliver(makePreCheckoutUpdate(ann, bought))
    const payment = makePaymentUpdate(ann, bought)
    database.set('reset')
    expect((await deliver(payment)).status).toBe(503)
    database.set('pass')
    await deliver(payment)
    await deliver(payment)
    await deliver({ ...payment, update_id: nextUpdateId() })
    api.refuse('sendMessage', 500, 'Internal Server Error')
    await work()
    api.refuse('sendMessage', 429, 'Too Many Requests: retry after 1', { retry_after: 1 })
    await work()
    api.reset()
    await work()
    await deliver(makeRefundUpdate(ann, bought))
    api.refuse('sendMessage', 403, 'Forbidden: bot was blocked by the user')
    await work()

    expectAllAbout(bought.id)
    expect(told()).toEqual([
      'invoice_created: created',
      'pre_checkout: refused',
      'payment_tampered: refused',
      'pre_checkout: approved',
      'update_failed: retry',
      'payment: completed',
      'payment: duplicate',
      'update_replayed: refused',
      'payment: duplicate',
      'job_failed: retry',
      'telegram_asks_to_wait: later',
      'message_sent: sent',
      'refund: refunded',
      'message_not_deliverable: undeliverable',
    ])
  })

  it('has it for an invoice in the chat, and for one that Telegram did not make', async () => {
    await deliver(makeTextUpdate(ann, '/buy gold_1m'))
    const [sent] = await db().invoice.findMany({
      where: { user: { telegramUserId: ann.telegramUserId } },
    })
    expectAllAbout(sent?.id ?? '')
    expect(told()).toEqual(['invoice_sent: created'])
    log.clear()
    api.refuse('sendInvoice', 500, 'Internal Server Error')
    await deliver(makeTextUpdate(ann, '/buy gold_1m'))
    const refused = await db().invoice.findFirstOrThrow({
      where: { user: { telegramUserId: ann.telegramUserId } },
      orderBy: { id: 'desc' },
    })
    expectAllAbout(refused.id)
    expect(told()).toEqual(['telegram_refused: failed'])
  })

  it('goes on through a review and what the admins are told', async () => {
    const bought = await invoice()
    await deliver(makePaymentUpdate(ann, { ...bought, amount: 1 }))
    await work()
    await work()
    expectAllAbout(bought.id)
    expect(told().sort()).toEqual([
      'invoice_created: created',
      'message_sent: sent',
      'message_sent: sent',
      'payment: review',
      'payment_tampered: refused',
    ])
  })

  it('names money with a foreign payload by a hash, in the web process and in the worker alike', async () => {
    const update = makePaymentUpdate(ann, { chargeId, payload: 'order-17', amount: 5 })
    await deliver(update)
    await work()
    const names = new Set(log.lines().map((line) => line.correlationId))
    expect([...names]).toEqual([correlationOf('order-17')])
    expect(log.text()).not.toContain(chargeId)
  })

  it('does not lend the fields of one line to the next', async () => {
    const bought = await invoice()
    await deliver(makePreCheckoutUpdate(ann, { ...bought, currency: 'EUR' }))
    const [, refused, incident] = log.lines()
    expect(refused).toHaveProperty('verdict', 'currency_mismatch')
    expect(incident).not.toHaveProperty('verdict')
  })
})
