import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { closePool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import {
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
} from '@/lib/testing/telegram-requests'
import { receiveUpdate } from './webhook'

let api: FakeBotApi
const deferred: (() => Promise<void>)[] = []

async function soldInvoice() {
  const ann = makePerson()
  const { invoice_id: id } = await createInvoice(ann, { plan_code: 'gold_1m', method: 'stars' })
  const row = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { ann, payload: row.payload, amount: Number(row.amount) }
}

/** Every statement that any connection sends while the update is handled, up to its answer. */
async function statementsOf(update: unknown): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  const answer = await receiveUpdate(makeDelivery(update), (work) => void deferred.push(work))
  const { length } = query.mock.calls
  query.mockRestore()
  expect(answer.status).toBe(200)
  return length
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(async () => {
  await closePool()
  await api.close()
})

describe('statements up to the answer', () => {
  it('takes two for a payment: one to load, one to write', async () => {
    const { ann, ...invoice } = await soldInvoice()
    const charge = { ...invoice, chargeId: `stx${ann.telegramUserId}` }
    expect(await statementsOf(makePaymentUpdate(ann, charge))).toBe(2)
    expect(await db().paymentEvent.count({ where: { chargeId: charge.chargeId } })).toBe(1)
  })

  it('takes one for a pre-checkout, and one more after the answer', async () => {
    const { ann, ...invoice } = await soldInvoice()
    const question = { ...invoice, id: `q${ann.telegramUserId}` }
    expect(await statementsOf(makePreCheckoutUpdate(ann, question))).toBe(1)
    const kept = { where: { preCheckoutQueryId: question.id } }
    expect(await db().paymentEvent.count(kept)).toBe(0)
    for (const work of deferred) await work()
    expect(await db().paymentEvent.count(kept)).toBe(1)
  })
})
