import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buyPlan } from '@/app/app/actions'
import type { PersonActor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { askToPay, billFor, deliver, holdings, requestInvoice } from '@/lib/testing/doors'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy'
import { makePaymentUpdate, makeTextUpdate } from '@/lib/testing/telegram-requests'

let api: FakeBotApi
let wire: TcpProxy
let ann: PersonActor

const gold = { plan_code: 'gold_1m' }
const outcomeOf = async (response: Response) => [response.status, (await response.json()).code]
const invoicesOf = (person: PersonActor) =>
  db().invoice.findMany({ where: { user: { telegramUserId: person.telegramUserId } } })
const sell = (onSale: boolean) => db().plan.update({ where: { code: 'gold_1m' }, data: { onSale } })
const price = (amount: number) =>
  db().planPrice.updateMany({ where: { planCode: 'gold_1m' }, data: { amount } })

beforeAll(async () => {
  api = await startFakeBotApi()
  wire = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(api.url).port) })
  env().TELEGRAM_API_ROOT = `http://127.0.0.1:${wire.port}`
})
afterAll(() => Promise.all([api.close(), wire.close()]))
beforeEach(() => {
  api.reset()
  ann = makePerson()
})

describe('an invoice', () => {
  it('is in the database before Telegram is asked for its link', async () => {
    let rows: unknown[] = []
    api.answer('createInvoiceLink', async ({ payload }) => {
      rows = await db().invoice.findMany({ where: { payload: String(payload) } })
      return 'https://t.me/$fake'
    })
    const bill = await billFor(ann)
    expect(rows).toMatchObject([{ id: bill.id, status: 'open', link: null }])
  })

  it('costs what the plan costs when it is asked for, whatever an open page shows', async () => {
    await price(700)
    expect(await billFor(ann)).toMatchObject({ amount: 700 })
    await price(500)
  })

  it('is not made any more when the plan was retired while the page was open', async () => {
    await sell(false)
    expect(await outcomeOf(await requestInvoice(ann, 'gold_1m'))).toEqual([404, 'unknown_plan'])
    await sell(true)
    expect(await outcomeOf(await requestInvoice(ann, 'nonsense'))).toEqual([404, 'unknown_plan'])
    expect(await invoicesOf(ann)).toEqual([])
  })

  it('is made twice for two taps at once, and only one of the two can be paid', async () => {
    const [one, two] = await Promise.all([billFor(ann), billFor(ann)])
    expect(one.id).not.toBe(two.id)
    expect(await askToPay(ann, one)).toMatchObject({ ok: true })
    await deliver(makePaymentUpdate(ann, one))
    const second = await askToPay(ann, two)
    expect(second).toMatchObject({ ok: false })
    expect(second.error_message).toMatch(/already have this plan/)
  })
})

describe('somebody who has the plan already', () => {
  const end = async (expiresAt: Date | null) => {
    await db().entitlement.updateMany({ data: { expiresAt } })
  }

  it('gets no invoice for it or for a lower tier, but for a higher one', async () => {
    await deliver(makePaymentUpdate(ann, await billFor(ann, 'silver_1m')))
    expect(await outcomeOf(await requestInvoice(ann, 'silver_3m'))).toEqual([
      409,
      'already_entitled',
    ])
    await deliver(makePaymentUpdate(ann, await billFor(ann)))
    expect(await outcomeOf(await requestInvoice(ann, 'silver_1m'))).toEqual([
      409,
      'already_entitled',
    ])
  })

  it('may buy again within seven days of its end', async () => {
    await deliver(makePaymentUpdate(ann, await billFor(ann)))
    await end(addDays(new Date(), 7.01))
    expect((await requestInvoice(ann, 'gold_1m')).status).toBe(409)
    await end(addDays(new Date(), 6.99))
    expect((await requestInvoice(ann, 'gold_1m')).status).toBe(201)
  })

  it('for life gets none at all', async () => {
    await deliver(makePaymentUpdate(ann, await billFor(ann, 'lifetime')))
    expect((await holdings(ann))[0]).toMatchObject({ plan_code: 'lifetime', expires_at: null })
    expect((await requestInvoice(ann, 'gold_1m')).status).toBe(409)
  })
})

describe('five attempts in a minute', () => {
  it('are all that REST, Mini App and bot allow one person together', async () => {
    const byAction = () => buyPlan(makeInitData(ann), gold)
    const byChat = () => deliver(makeTextUpdate(ann, '/buy gold_1m'))
    await requestInvoice(ann, 'gold_1m')
    await byAction()
    await byChat()
    await requestInvoice(ann, 'unknown')
    await byAction()

    const sixth = await requestInvoice(ann, 'gold_1m')
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await outcomeOf(sixth)).toEqual([429, 'rate_limited'])
    expect(await byAction()).toMatchObject({ ok: false, code: 'rate_limited' })
    const sent = api.calls.length
    await byChat()
    expect(api.calls.slice(sent).map((one) => one.method)).toEqual(['sendMessage'])
    expect(api.texts().at(-1)).toMatch(/try again in \d+ seconds/)
    expect((await requestInvoice(makePerson(), 'gold_1m')).status).toBe(201)
  })
})

describe('a Telegram that cannot be reached', () => {
  it('is answered 502, and the invoice stays for a charge that may come all the same', async () => {
    wire.set('reset')
    const answer = await outcomeOf(await requestInvoice(ann, 'gold_1m'))
    wire.set('pass')
    expect(answer).toEqual([502, 'telegram_unavailable'])
    const [invoice] = await invoicesOf(ann)
    expect(invoice).toMatchObject({ status: 'open', link: null })
    const { payload } = invoice ?? { payload: '' }
    await deliver(makePaymentUpdate(ann, { payload, amount: 500, chargeId: 'stx-after-all' }))
    expect(await holdings(ann)).toMatchObject([{ plan_code: 'gold_1m', active: true }])
  })

  it('that answers with something else than a link is answered 502 too', async () => {
    api.answer('createInvoiceLink', () => 'javascript:alert(1)')
    expect(await outcomeOf(await requestInvoice(ann, 'gold_1m'))).toEqual([
      502,
      'telegram_unavailable',
    ])
    api.answer('createInvoiceLink', () => 'https://t.me/$fake')
  })
})
