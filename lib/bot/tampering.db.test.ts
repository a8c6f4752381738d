import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getMetrics } from '@/app/api/metrics/route'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { POST as validate } from '@/app/api/v1/telegram/payment/validate/route'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { signPayload } from '@/lib/domain/invoices/payload'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { type CapturedLog, captureLog } from '@/lib/testing/captured-log'
import { dumpDatabase } from '@/lib/testing/dump'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { countersMovedBy } from '@/lib/testing/metrics'
import { signInitData } from '@/lib/testing/signed-init-data'
import {
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'
import { receiveUpdate } from './webhook'

let api: FakeBotApi
let log: CapturedLog
/** Buys; has an open invoice of her own. */
let ann: PersonActor
/** Would like to have what is Ann's. */
let eve: PersonActor
let bill: { payload: string; amount: number; chargeId: string }

const none = { params: Promise.resolve({}) }
const makeChargeId = () => `stx${randomBytes(66).toString('hex')}`

const deliver = async (body: unknown, headers?: Record<string, string>) => {
  const deferred: Promise<void>[] = []
  const work = (one: () => Promise<void>) => void deferred.push(one())
  const response = await receiveUpdate(makeDelivery(body, headers), work)
  await Promise.all(deferred)
  return response
}
const billFor = async (person: PersonActor, planCode = 'gold_1m') => {
  const { invoice_id: id } = await createInvoice(person, { plan_code: planCode, method: 'stars' })
  const { payload, amount } = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { payload, amount: Number(amount), chargeId: makeChargeId() }
}
const ask = (overrides: object, person = ann) =>
  deliver(makePreCheckoutUpdate(person, { ...bill, ...overrides }))
const pay = (overrides: object, person = ann) =>
  deliver(makePaymentUpdate(person, { ...bill, chargeId: makeChargeId(), ...overrides }))
const withCurrency = (currency: string) => {
  const update = makePaymentUpdate(ann, bill)
  return deliver({
    ...update,
    message: {
      ...update.message,
      successful_payment: { ...update.message.successful_payment, currency },
    },
  })
}
const call = (authorization: string) =>
  new Request('https://plans.test/api', { headers: { authorization } })

/** A payload of the right shape, signed by the same product with another owner's key. */
const ofAnotherBot = () => {
  const own = env().INVOICE_SIGNING_KEYS
  env().INVOICE_SIGNING_KEYS = ['k'.repeat(32)]
  const payload = signPayload({
    id: newId(),
    planCode: 'gold_1m',
    issuedAt: new Date(),
    telegramUserId: ann.telegramUserId,
    currency: 'XTR',
    amount: 500,
  })
  env().INVOICE_SIGNING_KEYS = own
  return payload
}
const withPart = (at: number, part: string) => bill.payload.split('.').with(at, part).join('.')

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  log = captureLog()
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  eve = makePerson()
  bill = await billFor(ann)
})

/** What may be written about an attempt: that it was asked, or money that must not get lost. */
const asked = ['public.payment_events']
const kept = [
  ...asked,
  'public.invoices',
  'public.telegram_updates',
  'public.users',
  'graphile_worker._private_jobs',
  'graphile_worker._private_tasks',
]

type Attempt = [
  name: string,
  attempt: () => Promise<Response>,
  refused: { status: number; body?: object; answer?: RegExp },
  kind: string,
  counted: Record<string, number>,
  writes: string[],
]

const preCheckout = (reason: string) => ({
  [`telegram_pre_checkout_total{outcome="refused",reason="${reason}"}`]: 1,
})
const payment = (outcome: string, plan = 'gold_1m', currency = 'XTR') => ({
  [`telegram_payments_total{plan="${plan}",currency="${currency}",kind="one_off",outcome="${outcome}"}`]: 1,
})
const no = { status: 200, body: { ok: false } }
const ok = { status: 200, body: {} }

const attempts: Attempt[] = [
  [
    'a delivery without the secret',
    () => deliver(makePaymentUpdate(ann, bill), { 'x-telegram-bot-api-secret-token': '' }),
    { status: 401 },
    'webhook_forged',
    {},
    [],
  ],
  [
    'a delivery with a wrong secret',
    () =>
      deliver(makePaymentUpdate(ann, bill), { 'x-telegram-bot-api-secret-token': 'x'.repeat(36) }),
    { status: 401 },
    'webhook_forged',
    {},
    [],
  ],
  [
    'a delivery with the beginning of the secret',
    () =>
      deliver(makePaymentUpdate(ann, bill), {
        'x-telegram-bot-api-secret-token': (env().TELEGRAM_WEBHOOK_SECRET[0] ?? '').slice(0, -1),
      }),
    { status: 401 },
    'webhook_forged',
    {},
    [],
  ],
  [
    'a question with a smaller amount',
    () => ask({ amount: 1 }),
    no,
    'payment_tampered',
    preCheckout('amount_mismatch'),
    asked,
  ],
  [
    'a question in another currency',
    () => ask({ currency: 'EUR' }),
    no,
    'payment_tampered',
    preCheckout('currency_mismatch'),
    asked,
  ],
  [
    "a question of somebody else about Ann's invoice",
    () => ask({}, eve),
    no,
    'payment_tampered',
    preCheckout('wrong_user'),
    asked,
  ],
  [
    'a question for a better plan by a changed payload',
    () => ask({ payload: withPart(1, 'lifetime') }),
    no,
    'payment_tampered',
    preCheckout('plan_mismatch'),
    asked,
  ],
  [
    'a question with a changed tag',
    () => ask({ payload: withPart(3, 'A'.repeat(22)) }),
    no,
    'payment_tampered',
    preCheckout('malformed_payload'),
    asked,
  ],
  [
    'a question with a changed date of issue',
    () => ask({ payload: withPart(2, '1999999999') }),
    no,
    'payment_tampered',
    preCheckout('malformed_payload'),
    asked,
  ],
  [
    'a question with any text for a payload',
    () => ask({ payload: '{"plan":"lifetime"}' }),
    no,
    'payment_tampered',
    preCheckout('malformed_payload'),
    asked,
  ],
  [
    'a question with the payload of another bot',
    () => ask({ payload: ofAnotherBot() }),
    no,
    'payment_tampered',
    preCheckout('unknown_invoice'),
    asked,
  ],
  [
    'a charge of a smaller amount',
    () => pay({ amount: 1 }),
    ok,
    'payment_tampered',
    payment('review'),
    kept,
  ],
  [
    'a charge in another currency',
    () => withCurrency('EUR'),
    ok,
    'payment_tampered',
    payment('review', 'gold_1m', 'EUR'),
    kept,
  ],
  [
    "a charge of somebody else for Ann's invoice",
    () => pay({}, eve),
    ok,
    'payment_tampered',
    payment('review'),
    kept,
  ],
  [
    'a charge for a better plan by a changed payload',
    () => pay({ payload: withPart(1, 'lifetime') }),
    ok,
    'payment_tampered',
    payment('review'),
    kept,
  ],
  [
    'a charge with the payload of another bot',
    () => pay({ payload: ofAnotherBot() }),
    ok,
    'payment_tampered',
    payment('review'),
    kept,
  ],
  [
    'the JSON of a payment typed as a message',
    () => deliver(makeTextUpdate(ann, JSON.stringify(makePaymentUpdate(ann, bill)))),
    { ...ok, answer: /I understand/ },
    'payment_typed',
    {},
    [],
  ],
  [
    'only the payment itself, typed as a message',
    () =>
      deliver(
        makeTextUpdate(
          ann,
          JSON.stringify(makePaymentUpdate(ann, bill).message.successful_payment, null, 2),
        ),
      ),
    { ...ok, answer: /I understand/ },
    'payment_typed',
    {},
    [],
  ],
  [
    'the JSON of a question typed as a message',
    () => deliver(makeTextUpdate(ann, JSON.stringify(makePreCheckoutUpdate(ann, bill)))),
    { ...ok, answer: /I understand/ },
    'payment_typed',
    {},
    [],
  ],
  [
    'a wrong token for the metrics',
    () => getMetrics(call('Bearer wrong')),
    { status: 401 },
    'token_forged',
    {},
    [],
  ],
  [
    'a wrong token for another service',
    () => validate(call('Bearer wrong'), none),
    { status: 401, body: { code: 'unauthorized' } },
    'token_forged',
    {},
    [],
  ],
]

/** Every way of forging init data, as a person would send it. */
const forgeries: [string, () => string][] = [
  ['without a hash', () => initData().replace(/&hash=.*/, '')],
  ['with somebody else as the user', () => initData().replace(String(ann.telegramUserId), '42')],
  ['with an added field', () => `${initData()}&start_param=gold_1m`],
  ['with a repeated key', () => `${initData()}&auth_date=${seconds()}`],
  ['with a second hash', () => `${initData()}&hash=${'0'.repeat(64)}`],
  [
    'with its hash in upper case',
    () => initData().replace(/hash=(\w+)/, (all) => all.toUpperCase()),
  ],
  ['with a shortened hash', () => initData().slice(0, -2)],
  ['with its signature removed', () => withSignature().replace(/&signature=[^&]*/, '')],
  ['signed for another bot', () => signInitData([user(), date()], '7000000002:AAEtest_of_another')],
  ['without a user', () => signInitData([['query_id', 'x'], date()], token())],
  ['with a user that is no JSON', () => signInitData([['user', 'Ann'], date()], token())],
  ['with an id in quotes', () => signInitData([['user', '{"id":"42"}'], date()], token())],
  ['without a date', () => signInitData([user()], token())],
  ['of the future', () => signInitData([user(), date(120)], token())],
  ['that is nonsense', () => 'nonsense'],
]
const token = () => env().TELEGRAM_BOT_TOKEN
const seconds = () => Math.floor(Date.now() / 1000)
const user = (): [string, string] => [
  'user',
  JSON.stringify({ id: ann.telegramUserId, first_name: 'Ann' }),
]
const date = (ahead = 0): [string, string] => ['auth_date', String(seconds() + ahead)]
const initData = () => signInitData([user(), date()], token())
const withSignature = () => signInitData([user(), date(), ['signature', 'x'.repeat(86)]], token())

const all: Attempt[] = [
  ...attempts,
  ...forgeries.map(
    ([how, make]): Attempt => [
      `init data ${how}`,
      () => getMyEntitlements(call(`tma ${make()}`), none),
      { status: 401, body: { code: 'unauthorized' } },
      'init_data_forged',
      {},
      [],
    ],
  ),
]

describe('an attempt to cheat', () => {
  it.each(all)(
    '%s is refused, logged and counted, and changes nothing',
    async (_, attempt, refused, kind, counted, writes) => {
      const before = await dumpDatabase()
      log.clear()
      let response = new Response()
      const moved = await countersMovedBy(async () => {
        response = await attempt()
      })

      expect(response.status).toBe(refused.status)
      if (refused.body) expect(await response.json()).toMatchObject(refused.body)
      if (refused.answer) expect(api.texts()).toEqual([expect.stringMatching(refused.answer)])
      expect(moved).toEqual({ ...counted, [`security_incidents_total{kind="${kind}"}`]: 1 })
      const incidents = log.lines().filter((line) => line.incident)
      expect(incidents).toMatchObject([{ event: kind, outcome: 'refused' }])
      const after = await dumpDatabase()
      for (const table of writes) {
        before.delete(table)
        after.delete(table)
      }
      expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before))
      expect(await db().paymentEvent.count({ where: { status: 'completed' } })).toBe(0)
    },
  )

  it('by telling a charge again as another update changes nothing', async () => {
    const update = makePaymentUpdate(ann, bill)
    await deliver(update)
    const before = await dumpDatabase()
    const moved = await countersMovedBy(() => deliver({ ...update, update_id: nextUpdateId() }))
    expect(moved).toEqual({
      ...payment('duplicate'),
      'security_incidents_total{kind="update_replayed"}': 1,
    })
    expect(await dumpDatabase()).toEqual(before)
    await db().paymentEvent.deleteMany({ where: { telegramUserId: ann.telegramUserId } })
  })
})

describe('an honest mistake is no incident', () => {
  const incidentsOf = async (work: () => Promise<unknown>) =>
    Object.keys(await countersMovedBy(work)).filter((name) => name.startsWith('security_'))

  it('when the same update is delivered again, because our answer got lost', async () => {
    const update = makePaymentUpdate(ann, bill)
    expect(
      await incidentsOf(async () => {
        await deliver(update)
        await deliver(update)
      }),
    ).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    [
      'an invoice has become too old',
      () => db().invoice.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } }),
    ],
    [
      'its price has changed meanwhile',
      () => db().planPrice.updateMany({ where: { planCode: 'gold_1m' }, data: { amount: 501 } }),
    ],
    [
      'its plan was retired meanwhile',
      () => db().plan.updateMany({ where: { code: 'gold_1m' }, data: { onSale: false } }),
    ],
    ['it is paid already', () => deliver(makePaymentUpdate(ann, bill))],
    [
      'its row was lost with an old backup',
      () => db().invoice.delete({ where: { payload: bill.payload } }),
    ],
  ])('when %s', async (_, happens) => {
    await happens()
    let body: unknown
    expect(
      await incidentsOf(async () => {
        body = await (await ask({})).json()
      }),
    ).toEqual([])
    expect(body).toMatchObject({ ok: false })
    await db().planPrice.updateMany({ where: { planCode: 'gold_1m' }, data: { amount: 500 } })
    await db().plan.updateMany({ where: { code: 'gold_1m' }, data: { onSale: true } })
  })

  it.each<[string, () => Promise<Response>]>([
    ['nobody is logged in', () => getMyEntitlements(new Request('https://plans.test/api'), none)],
    [
      'a Mini App was open for two days',
      () => getMyEntitlements(call(`tma ${makeInitData(ann, { ageSeconds: 172_800 })}`), none),
    ],
    ['somebody asks for the metrics without a token', () => getMetrics(call(''))],
    [
      'a body is not what it should be',
      () =>
        sendInvoice(
          new Request('https://plans.test/api', {
            method: 'POST',
            headers: { authorization: `tma ${makeInitData(ann)}` },
            body: '{',
          }),
          none,
        ),
    ],
    ['somebody writes JSON that is no payment', () => deliver(makeTextUpdate(ann, '{"a":1}'))],
    ['somebody writes about a payment', () => deliver(makeTextUpdate(ann, 'invoice_payload?'))],
    ['a delivery is no update', () => deliver('nonsense')],
  ])('when %s', async (_, attempt) => {
    expect(await incidentsOf(attempt)).toEqual([])
  })
})
