import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as getInvoice } from '@/app/api/v1/invoices/[id]/route'
import * as queries from '@/lib/domain/invoices/queries'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { askToPay, type Bill, billFor } from '@/lib/testing/doors'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'

let api: FakeBotApi
let ann: PersonActor
let bill: Bill

const get = (
  id: string,
  options: { as?: PersonActor; live?: boolean; signal?: AbortSignal } = {},
) =>
  getInvoice(
    new Request(`https://plans.test/api/v1/invoices/${id}${options.live ? '?live=1' : ''}`, {
      headers: options.as ? { authorization: `tma ${makeInitData(options.as)}` } : {},
      ...(options.signal ? { signal: options.signal } : {}),
    }),
    { params: Promise.resolve({ id }) },
  )

/** Reads a stream event by event, as EventSource does. */
class Events {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #text = ''

  constructor(response: Response) {
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    if (!response.body) throw new Error('a stream has a body')
    this.#reader = response.body.getReader()
  }

  /** The next event's data; null at the end. Comments and settings are not for the page. */
  async next(): Promise<unknown> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end >= 0) {
        const block = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        if (block.startsWith('data: ')) return JSON.parse(block.slice(6))
        continue
      }
      const { done, value } = await this.#reader.read()
      if (done) return null
      this.#text += new TextDecoder().decode(value)
    }
  }

  async leave(): Promise<void> {
    await this.#reader.cancel()
  }
}

const follow = async (id = bill.id, as = ann, signal?: AbortSignal) =>
  new Events(await get(id, { as, live: true, ...(signal ? { signal } : {}) }))

const pay = (person: PersonActor) =>
  recordCharge(
    { kind: 'telegram' },
    makeCharge({ payer: person, payload: bill.payload, amount: bill.amount }),
  )

const news = (status: string) => ({ invoice_id: bill.id, status, plan_code: 'gold_1m' })

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  ann = makePerson()
  bill = await billFor(ann)
})

describe('a purchase that is followed live', () => {
  it('tells at once how it stands, then that it is paid, and ends', async () => {
    const events = await follow()
    expect(await events.next()).toEqual(news('open'))
    await pay(ann)
    expect(await events.next()).toEqual(news('paid'))
    expect(await events.next()).toBeNull()
  })

  it('says at once what was settled before, and ends', async () => {
    await pay(ann)
    const events = await follow()
    expect(await events.next()).toEqual(news('paid'))
    expect(await events.next()).toBeNull()
  })

  it('ends when the invoice expires', async () => {
    const events = await follow()
    expect(await events.next()).toEqual(news('open'))
    await db().invoice.update({ where: { id: bill.id }, data: { expiresAt: new Date(0) } })
    expect(await events.next()).toEqual(news('expired'))
    expect(await events.next()).toBeNull()
  })

  it('tells that another person was refused, and goes on until the owner has paid', async () => {
    const events = await follow()
    expect(await events.next()).toEqual(news('open'))
    expect(await askToPay(makePerson(), bill)).toMatchObject({ ok: false })
    expect(await events.next()).toEqual({ ...news('open'), refused: 'wrong_user' })
    await pay(ann)
    expect(await events.next()).toMatchObject({ status: 'paid' })
  })

  it('says nothing of a refusal that was the own', async () => {
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: false } })
    expect(await askToPay(ann, bill)).toMatchObject({ ok: false })
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: true } })
    const events = await follow()
    expect(await events.next()).toEqual(news('open'))
    await events.leave()
  })

  it('tells when money that does not fit is being checked', async () => {
    const events = await follow()
    await events.next()
    const charge = makeCharge({ payer: ann, payload: bill.payload, amount: bill.amount + 1 })
    await recordCharge({ kind: 'telegram' }, charge)
    expect(await events.next()).toEqual(news('review'))
    expect(await events.next()).toBeNull()
  })

  it('asks the database once a second for all who follow, and not at all for nobody', async () => {
    const looks = vi.spyOn(queries, 'listInvoiceNews')
    const all = await Promise.all([follow(), follow(), follow()])
    for (const events of all) expect(await events.next()).toEqual(news('open'))
    await pay(ann)
    for (const events of all) expect(await events.next()).toEqual(news('paid'))
    expect(looks.mock.calls.length).toBeGreaterThan(0)
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2)
    for (const [, ids] of looks.mock.calls) expect(ids).toEqual([bill.id])
    looks.mockRestore()
  })

  it('lets go when the client leaves, in either way', async () => {
    const going = new AbortController()
    const first = await follow(bill.id, ann, going.signal)
    const second = await follow()
    await first.next()
    await second.next()
    going.abort()
    await second.leave()
    expect(await first.next()).toBeNull()
    // Every place is free again.
    const again = await Promise.all(Array.from({ length: 8 }, () => follow()))
    expect(again).toHaveLength(8)
    const ninth = await get(bill.id, { as: ann, live: true })
    expect(ninth.status).toBe(429)
    expect(ninth.headers.get('retry-after')).not.toBeNull()
    for (const events of again) await events.leave()
  })

  it('is for the owner only, and others learn nothing from it', async () => {
    for (const live of [true, false]) {
      expect((await get(bill.id, { live })).status).toBe(401)
      expect((await get(bill.id, { live, as: makePerson() })).status).toBe(404)
      expect((await get('0', { live, as: ann })).status).toBe(404)
    }
  })

  it('answers once without `live`, with exactly what the contract names', async () => {
    await askToPay(makePerson(), bill)
    const response = await get(bill.id, { as: ann })
    expect(await response.json()).toEqual(news('open'))
  })

  it('is not held back on its way', async () => {
    const response = await get(bill.id, { as: ann, live: true })
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    await response.body?.cancel()
  })
})
