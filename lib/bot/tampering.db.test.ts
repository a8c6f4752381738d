import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signPayload } from '@/lib/domain/invoices/payload'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { type CapturedLog, captureLog } from '@/lib/testing/captured-log'
import { askToPay, type Bill, billFor, deliver, makeChargeId } from '@/lib/testing/doors'
import { dumpDatabase } from '@/lib/testing/dump'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { type Attempt, expectRefused, incidentsOf } from '@/lib/testing/incidents'
import { countersMovedBy } from '@/lib/testing/metrics'
import {
  makePaymentUpdate,
  makePreCheckoutUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'

let api: FakeBotApi
let log: CapturedLog
/** Buys; has an open invoice of her own. */
let ann: PersonActor
/** Would like to have what is Ann's. */
let eve: PersonActor
let bill: Bill

const ask = (changes: object, person = ann) =>
  deliver(makePreCheckoutUpdate(person, { ...bill, ...changes }))
const pay = (changes: object, person = ann) =>
  deliver(makePaymentUpdate(person, { ...bill, chargeId: makeChargeId(), ...changes }))
const payIn = (currency: string) => {
  const { message, update_id } = makePaymentUpdate(ann, bill)
  const successful_payment = { ...message.successful_payment, currency }
  return deliver({ update_id, message: { ...message, successful_payment } })
}
const withPart = (at: number, part: string) => bill.payload.split('.').with(at, part).join('.')
const forge = (secret: string) =>
  deliver(makePaymentUpdate(ann, bill), { 'x-telegram-bot-api-secret-token': secret })
const type = (value: unknown) => deliver(makeTextUpdate(ann, JSON.stringify(value, null, 2)))

/** A payload of the right shape, signed by the same product with another owner's key. */
const ofAnotherBot = () => {
  const own = env().INVOICE_SIGNING_KEYS
  env().INVOICE_SIGNING_KEYS = ['k'.repeat(32)]
  const terms = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: 500 }
  const payload = signPayload({ id: newId(), planCode: 'gold_1m', issuedAt: new Date(), ...terms })
  env().INVOICE_SIGNING_KEYS = own
  return payload
}

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

const charges = (outcome: string, currency = 'XTR') => ({
  [`telegram_payments_total{plan="gold_1m",currency="${currency}",kind="one_off",outcome="${outcome}"}`]: 1,
})

const forgery = (attempt: Attempt['attempt']): Attempt => ({
  attempt,
  status: 401,
  kind: 'webhook_forged',
})
/** A question is noted with its answer, and nothing else. */
const question = (reason: string, attempt: Attempt['attempt']): Attempt => ({
  attempt,
  status: 200,
  body: { ok: false },
  kind: 'payment_tampered',
  counted: { [`telegram_pre_checkout_total{outcome="refused",reason="${reason}"}`]: 1 },
  writes: ['public.payment_events'],
})
/** Money is kept for review, and people are told; nobody gets anything for it. */
const charge = (attempt: Attempt['attempt'], currency = 'XTR'): Attempt => ({
  attempt,
  status: 200,
  kind: 'payment_tampered',
  counted: charges('review', currency),
  writes: [
    'public.payment_events',
    'public.invoices',
    'public.telegram_updates',
    'public.users',
    'graphile_worker._private_jobs',
    'graphile_worker._private_tasks',
  ],
})
const typed = (attempt: Attempt['attempt']): Attempt => ({
  attempt,
  status: 200,
  kind: 'payment_typed',
})

const attempts: [string, Attempt][] = [
  ['a delivery without the secret', forgery(() => forge(''))],
  ['a delivery with a wrong secret', forgery(() => forge('x'.repeat(36)))],
  [
    'a delivery with the beginning of the secret',
    forgery(() => forge((env().TELEGRAM_WEBHOOK_SECRET[0] ?? '').slice(0, -1))),
  ],
  ['a question with a smaller amount', question('amount_mismatch', () => ask({ amount: 1 }))],
  ['a question in another currency', question('currency_mismatch', () => ask({ currency: 'EUR' }))],
  ["a question of somebody else about Ann's invoice", question('wrong_user', () => ask({}, eve))],
  [
    'a question for a better plan by a changed payload',
    question('plan_mismatch', () => ask({ payload: withPart(1, 'lifetime') })),
  ],
  [
    'a question with a changed tag',
    question('malformed_payload', () => ask({ payload: withPart(3, 'A'.repeat(22)) })),
  ],
  [
    'a question with a changed date of issue',
    question('malformed_payload', () => ask({ payload: withPart(2, '1999999999') })),
  ],
  [
    'a question with any text for a payload',
    question('malformed_payload', () => ask({ payload: '{"plan":"lifetime"}' })),
  ],
  [
    'a question with the payload of another bot',
    question('unknown_invoice', () => ask({ payload: ofAnotherBot() })),
  ],
  ['a charge of a smaller amount', charge(() => pay({ amount: 1 }))],
  ['a charge in another currency', charge(() => payIn('EUR'), 'EUR')],
  ["a charge of somebody else for Ann's invoice", charge(() => pay({}, eve))],
  [
    'a charge for a better plan by a changed payload',
    charge(() => pay({ payload: withPart(1, 'lifetime') })),
  ],
  ['a charge with the payload of another bot', charge(() => pay({ payload: ofAnotherBot() }))],
  ['the JSON of a payment typed as a message', typed(() => type(makePaymentUpdate(ann, bill)))],
  [
    'only the payment itself, typed as a message',
    typed(() => type(makePaymentUpdate(ann, bill).message.successful_payment)),
  ],
  [
    'the JSON of a question typed as a message',
    typed(() => type(makePreCheckoutUpdate(ann, bill))),
  ],
]

describe('an attempt to cheat', () => {
  it.each(attempts)(
    '%s is refused, logged and counted, and changes nothing',
    async (_, attempt) => {
      await expectRefused(log, attempt)
      expect(await db().paymentEvent.count({ where: { status: 'completed' } })).toBe(0)
      if (attempt.kind === 'payment_typed') {
        expect(api.texts()).toEqual([expect.stringMatching(/I understand/)])
      }
    },
  )

  it('by telling a charge again as another update changes nothing', async () => {
    const update = makePaymentUpdate(ann, bill)
    await deliver(update)
    const before = await dumpDatabase()
    const moved = await countersMovedBy(() => deliver({ ...update, update_id: nextUpdateId() }))
    expect(moved).toEqual({
      ...charges('duplicate'),
      'security_incidents_total{kind="update_replayed"}': 1,
    })
    expect(await dumpDatabase()).toEqual(before)
  })
})

describe('an honest mistake is no incident', () => {
  it('when the same update is delivered again, because our answer got lost', async () => {
    const update = makePaymentUpdate(ann, bill)
    const twice = async () => {
      await deliver(update)
      await deliver(update)
    }
    expect(await incidentsOf(twice)).toEqual([])
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
    let answer: unknown
    const asking = async () => {
      answer = await askToPay(ann, bill)
    }
    expect(await incidentsOf(asking)).toEqual([])
    expect(answer).toMatchObject({ ok: false })
    await db().planPrice.updateMany({ where: { planCode: 'gold_1m' }, data: { amount: 500 } })
    await db().plan.updateMany({ where: { code: 'gold_1m' }, data: { onSale: true } })
  })

  it.each<[string, () => Promise<Response>]>([
    ['somebody writes JSON that is no payment', () => type({ a: 1 })],
    ['somebody writes about a payment', () => deliver(makeTextUpdate(ann, 'invoice_payload?'))],
    ['a delivery is no update', () => deliver('nonsense')],
  ])('when %s', async (_, attempt) => {
    expect(await incidentsOf(attempt)).toEqual([])
  })
})
