import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getMetrics } from '@/app/api/metrics/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { receiveUpdate } from '@/lib/bot/webhook'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import type { PersonActor } from '@/lib/kit/actor'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { movedBy } from '@/lib/testing/metrics'
import { startTcpProxy, type TcpProxy } from '@/lib/testing/tcp-proxy'
import {
  makeDelivery,
  makePaymentUpdate,
  makePreCheckoutUpdate,
  makeRefundUpdate,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'
import { db } from './db'
import { env } from './env'
import { closePool } from './pool'

let api: FakeBotApi
let database: TcpProxy
let ann: PersonActor

const deliver = async (body: unknown) => {
  const deferred: Promise<void>[] = []
  await receiveUpdate(makeDelivery(body), (work) => void deferred.push(work()))
  await Promise.all(deferred)
}
const buy = (planCode: string) =>
  sendInvoice(
    new Request('https://plans.test/api', {
      method: 'POST',
      headers: { authorization: `tma ${makeInitData(ann)}` },
      body: JSON.stringify({ plan_code: planCode }),
    }),
    { params: Promise.resolve({}) },
  )
const billFor = async (planCode = 'gold_1m', method: 'stars' | 'telegram' = 'stars') => {
  const { invoice_id: id } = await createInvoice(ann, { plan_code: planCode, method })
  const { payload, amount } = await db().invoice.findUniqueOrThrow({ where: { id } })
  return { payload, amount: Number(amount), chargeId: `stx${randomBytes(66).toString('hex')}` }
}
/** The update of a charge with other members of `successful_payment`. */
const chargeOf = (bill: Awaited<ReturnType<typeof billFor>>, members: object) => {
  const { message, update_id } = makePaymentUpdate(ann, bill)
  const successful_payment = { ...message.successful_payment, ...members }
  return { update_id, message: { ...message, successful_payment } }
}

const invoice = (plan: string, outcome: string) => ({
  [`telegram_invoices_total{plan="${plan}",outcome="${outcome}"}`]: 1,
})
const charge = (labels: { plan?: string; currency?: string; kind?: string; outcome: string }) => {
  const { plan = 'gold_1m', currency = 'XTR', kind = 'one_off', outcome } = labels
  const all = `plan="${plan}",currency="${currency}",kind="${kind}",outcome="${outcome}"`
  return { [`telegram_payments_total{${all}}`]: 1 }
}
const received = (amount: number, currency = 'XTR') => ({
  [`telegram_payment_amount_total{currency="${currency}"}`]: amount,
  entitlement_activation_seconds_count: 1,
})
const delivered = (update = 'message', outcome = 'handled') => ({
  [`telegram_webhook_duration_seconds_count{update="${update}",outcome="${outcome}"}`]: 1,
})
const incident = (kind: string) => ({ [`security_incidents_total{kind="${kind}"}`]: 1 })
const refund = (outcome: string) => ({ [`telegram_refunds_total{outcome="${outcome}"}`]: 1 })

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  const server = new URL(env().DATABASE_URL)
  database = await startTcpProxy({ host: server.hostname, port: Number(server.port) })
  server.port = String(database.port)
  env().DATABASE_URL = server.href
  await db().plan.update({ where: { code: 'gold_monthly' }, data: { onSale: true } })
})
afterAll(async () => {
  await closePool()
  await Promise.all([api.close(), database.close()])
})
beforeEach(() => {
  api.reset()
  ann = makePerson()
})

describe('telegram_invoices_total', () => {
  it('counts what was made, by its plan', async () => {
    expect(await movedBy(() => buy('gold_1m'))).toEqual(invoice('gold_1m', 'created'))
    expect(await movedBy(() => deliver(makeTextUpdate(ann, '/buy silver_1m')))).toEqual({
      ...invoice('silver_1m', 'created'),
      ...delivered(),
    })
  })

  it('counts each refusal by its reason, and never by what a stranger typed', async () => {
    expect(await movedBy(() => buy('platinum_plated'))).toEqual(invoice('unknown', 'unknown_plan'))
    api.refuse('createInvoiceLink', 500, 'Internal Server Error')
    expect(await movedBy(() => buy('gold_1m'))).toEqual(invoice('gold_1m', 'telegram_unavailable'))
    api.reset()
    await deliver(makePaymentUpdate(ann, await billFor()))
    expect(await movedBy(() => buy('silver_1m'))).toEqual(invoice('silver_1m', 'already_entitled'))
  })

  it('counts what is over the limit, together with rate_limit_rejections_total', async () => {
    for (let i = 0; i < 5; i++) await buy('gold_1m')
    expect(await movedBy(() => buy('gold_1m'))).toEqual({
      ...invoice('unknown', 'rate_limited'),
      'rate_limit_rejections_total{limit="invoices"}': 1,
    })
  })

  it('stays where it is for a request that is not well formed or not logged in', async () => {
    expect(await movedBy(() => buy('Gold!'))).toEqual({})
  })
})

describe('telegram_pre_checkout_total', () => {
  const answer = (outcome: string, reason: string) => ({
    [`telegram_pre_checkout_total{outcome="${outcome}",reason="${reason}"}`]: 1,
  })

  it('counts a yes without a reason and a no with it', async () => {
    const bill = await billFor()
    expect(await movedBy(() => deliver(makePreCheckoutUpdate(ann, bill)))).toEqual({
      ...answer('approved', ''),
      ...delivered('pre_checkout_query'),
    })
    await db().invoice.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } })
    expect(await movedBy(() => deliver(makePreCheckoutUpdate(ann, bill)))).toEqual({
      ...answer('refused', 'invoice_expired'),
      ...delivered('pre_checkout_query'),
    })
  })

  it('counts a no that says nothing of the buyer, when the database is away', async () => {
    const bill = await billFor()
    database.set('reset')
    const moved = await movedBy(() => deliver(makePreCheckoutUpdate(ann, bill)))
    database.set('pass')
    expect(moved).toEqual({
      ...answer('refused', 'unavailable'),
      ...delivered('pre_checkout_query'),
    })
  })
})

describe('telegram_payments_total, telegram_payment_amount_total, entitlement_activation_seconds', () => {
  it('move once for a charge, and a repeat counts as a repeat only', async () => {
    const update = makePaymentUpdate(ann, await billFor())
    expect(await movedBy(() => deliver(update))).toEqual({
      ...charge({ outcome: 'completed' }),
      ...received(500),
      ...delivered(),
    })
    expect(await movedBy(() => deliver(update))).toEqual({
      ...charge({ outcome: 'duplicate' }),
      ...delivered(),
    })
  })

  it('count no money that is in review', async () => {
    const update = makePaymentUpdate(ann, { ...(await billFor()), amount: 1 })
    expect(await movedBy(() => deliver(update))).toEqual({
      ...charge({ outcome: 'review' }),
      ...incident('payment_tampered'),
      ...delivered(),
    })
  })

  it('tell the first payment of a subscription from its renewals', async () => {
    const bill = await billFor('gold_monthly')
    const days = (count: number) => Math.floor(Date.now() / 1000) + count * 86_400
    const first = { is_recurring: true, is_first_recurring: true }
    expect(
      await movedBy(() =>
        deliver(chargeOf(bill, { ...first, subscription_expiration_date: days(30) })),
      ),
    ).toEqual({
      ...charge({ plan: 'gold_monthly', kind: 'first', outcome: 'completed' }),
      ...received(450),
      ...delivered(),
    })
    const renewal = { is_recurring: true, telegram_payment_charge_id: `${bill.chargeId}2` }
    expect(
      await movedBy(() =>
        deliver(chargeOf(bill, { ...renewal, subscription_expiration_date: days(60) })),
      ),
    ).toEqual({
      ...charge({ plan: 'gold_monthly', kind: 'renewal', outcome: 'completed' }),
      ...received(450),
      ...delivered(),
    })
  })

  it('count real currencies by their name in their smallest unit', async () => {
    env().TELEGRAM_PROVIDER_TOKEN = '284685063:TEST:provider'
    const bill = await billFor('coaching_1m', 'telegram')
    env().TELEGRAM_PROVIDER_TOKEN = undefined
    expect(await movedBy(() => deliver(chargeOf(bill, { currency: 'GBP' })))).toEqual({
      ...charge({ plan: 'coaching_1m', currency: 'GBP', outcome: 'completed' }),
      ...received(2500, 'GBP'),
      ...delivered(),
    })
  })

  it('never take a plan or a currency for a label that nobody knows', async () => {
    const bill = { ...(await billFor()), payload: 'order-17' }
    for (const currency of ['ZZZ', 'x"} 1\nevil{', 'xtr']) {
      const chargeId = `stx${randomBytes(20).toString('hex')}`
      const members = { currency, telegram_payment_charge_id: chargeId }
      expect(await movedBy(() => deliver(chargeOf(bill, members)))).toEqual({
        ...charge({ plan: 'unknown', currency: 'unknown', outcome: 'review' }),
        ...incident('payment_tampered'),
        ...delivered(),
      })
    }
  })
})

describe('telegram_refunds_total', () => {
  it('counts a refund once, its repeats as repeats, and one without its charge as such', async () => {
    const bill = await billFor()
    await deliver(makePaymentUpdate(ann, bill))
    const update = makeRefundUpdate(ann, bill)
    expect(await movedBy(() => deliver(update))).toEqual({ ...refund('refunded'), ...delivered() })
    expect(await movedBy(() => deliver(update))).toEqual({ ...refund('duplicate'), ...delivered() })
    const early = { ...(await billFor()), chargeId: 'stxearly' }
    expect(await movedBy(() => deliver(makeRefundUpdate(ann, early)))).toEqual({
      ...refund('before_charge'),
      ...delivered(),
    })
  })
})

describe('reconciliation_repairs_total', () => {
  it('counts each charge and each refund that was missing, once', async () => {
    const bill = await billFor()
    const user = { id: ann.telegramUserId, is_bot: false, first_name: ann.firstName }
    const partner = { type: 'user', transaction_type: 'invoice_payment', user }
    const row = { id: bill.chargeId, amount: 500, date: Math.floor(Date.now() / 1000) - 60 }
    const transactions: object[] = [
      { ...row, source: { ...partner, invoice_payload: bill.payload } },
    ]
    api.answer('getStarTransactions', ({ offset }) => ({
      transactions: transactions.slice(Number(offset)),
    }))
    const compare = () => movedBy(() => reconcile({ kind: 'system' }, 'full'))
    expect(await compare()).toEqual({
      ...charge({ outcome: 'completed' }),
      ...received(500),
      'reconciliation_repairs_total{kind="charge"}': 1,
    })
    expect(await compare()).toEqual({})
    transactions.push({ ...row, receiver: { ...partner, invoice_payload: bill.payload } })
    expect(await compare()).toEqual({
      ...refund('refunded'),
      'reconciliation_repairs_total{kind="refund"}': 1,
    })
    expect(await compare()).toEqual({})
  })
})

describe('telegram_webhook_duration_seconds', () => {
  it('counts each delivery by its type and what became of it', async () => {
    const update = makePaymentUpdate(ann, await billFor())
    database.set('reset')
    expect(await movedBy(() => deliver(update))).toEqual(delivered('message', 'retry'))
    database.set('pass')
    const broken = makePaymentUpdate(ann, { payload: 'x', amount: 5, chargeId: '' })
    expect(await movedBy(() => deliver(broken))).toEqual(delivered('message', 'review'))
  })

  it('takes no type for a label that Telegram was not asked for', async () => {
    const update = { update_id: nextUpdateId(), 'brand"new': {} }
    expect(await movedBy(() => deliver(update))).toEqual(delivered('unknown'))
  })

  it('stays where it is for what is no delivery of Telegram', async () => {
    expect(await movedBy(() => deliver('nonsense'))).toEqual({})
  })
})

describe('the metrics page', () => {
  it('has every metric of the contract and those of the runtime, in Prometheus text', async () => {
    const headers = { authorization: `Bearer ${env().METRICS_TOKEN}` }
    const response = await getMetrics(new Request('https://plans.test/api/metrics', { headers }))
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    for (const [name, type] of [
      ['telegram_invoices_total', 'counter'],
      ['telegram_pre_checkout_total', 'counter'],
      ['telegram_payments_total', 'counter'],
      ['telegram_payment_amount_total', 'counter'],
      ['telegram_refunds_total', 'counter'],
      ['telegram_webhook_duration_seconds', 'histogram'],
      ['entitlement_activation_seconds', 'histogram'],
      ['rate_limit_rejections_total', 'counter'],
      ['reconciliation_repairs_total', 'counter'],
      ['nodejs_eventloop_lag_seconds', 'gauge'],
    ]) {
      expect(text).toContain(`# TYPE ${name} ${type}\n`)
    }
  })
})
