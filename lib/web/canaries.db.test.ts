import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as getHealth } from '@/app/api/health/route'
import { GET as getMetrics } from '@/app/api/metrics/route'
import { GET as getReady } from '@/app/api/ready/route'
import { GET as getInvoice } from '@/app/api/v1/invoices/[id]/route'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { GET as getMyPayments } from '@/app/api/v1/me/payments/route'
import { POST as cancel } from '@/app/api/v1/me/subscriptions/[planCode]/cancel/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { POST as validate } from '@/app/api/v1/telegram/payment/validate/route'
import { GET as getUserEntitlements } from '@/app/api/v1/users/[telegramId]/entitlements/route'
import { buyPlan } from '@/app/app/actions'
import { receiveUpdate } from '@/lib/bot/webhook'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { closePool, pool } from '@/lib/platform/pool'
import { hideSecrets } from '@/lib/platform/secrets'
import {
  canaries,
  changePassword,
  dropCanaryRole,
  foreignChargeId,
  secretsIn,
  secretTexts,
  withCanaryPassword,
} from '@/lib/testing/canaries'
import { type CapturedLog, captureLog } from '@/lib/testing/captured-log'
import { dumpDatabase } from '@/lib/testing/dump'
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

let ownAddress: string
let api: FakeBotApi
let telegramWire: TcpProxy
let databaseWire: TcpProxy
let redis: Server
let captured: CapturedLog
let ann: PersonActor
let initData: string
/** Everything that left the process: answers, and whatever was printed beside the log. */
const outputs: string[] = []

const secrets = Object.values(secretTexts)

/** Keeps what a caller would see of an answer. */
const seen = async (response: Response | Promise<Response>) => {
  const answer = await response
  const text = await answer.clone().text()
  outputs.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${text}`)
  return answer
}
const deliver = async (body: unknown, headers?: Record<string, string>) => {
  const deferred: Promise<void>[] = []
  const response = await seen(
    receiveUpdate(makeDelivery(body, headers), (work) => void deferred.push(work())),
  )
  await Promise.all(deferred)
  return response
}
const request = (options: { authorization?: string; body?: string; path?: string } = {}) =>
  new Request(`https://plans.test/api/${options.path ?? ''}`, {
    ...(options.body === undefined ? {} : { method: 'POST', body: options.body }),
    headers: { authorization: options.authorization ?? `tma ${initData}` },
  })
const params = <P>(values: P) => ({ params: Promise.resolve(values) })
const buy = (body: unknown = { plan_code: 'gold_1m' }) =>
  seen(sendInvoice(request({ body: JSON.stringify(body) }), params({})))
const bill = async () => {
  const { invoice_id: id } = await (await buy()).json()
  const { payload, amount } = await db().invoice.findUniqueOrThrow({ where: { id } })
  const chargeId = `stx${id.replaceAll('-', '')}`
  return { id: String(id), payload, amount: Number(amount), chargeId }
}
const work = async () => {
  await pool().query('update graphile_worker._private_jobs set run_at = now()')
  await runWorkerUntilEmpty()
}

beforeAll(async () => {
  Object.assign(process.env, canaries)
  redis = createServer((call, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: `WRONGPASS ${call.headers.authorization}` }))
  })
  await new Promise<void>((resolve) => redis.listen(0, '127.0.0.1', resolve))
  const { port } = redis.address() as AddressInfo
  process.env.UPSTASH_REDIS_REST_URL = `http://127.0.0.1:${port}`
  ownAddress = process.env.DATABASE_URL ?? ''
  const address = new URL(await withCanaryPassword(ownAddress))
  databaseWire = await startTcpProxy({ host: address.hostname, port: Number(address.port) })
  address.port = String(databaseWire.port)
  process.env.DATABASE_URL = address.href
  api = await startFakeBotApi()
  telegramWire = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(api.url).port) })
  env().TELEGRAM_API_ROOT = `http://127.0.0.1:${telegramWire.port}`
  captured = captureLog('trace')
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts) => void outputs.push(parts.join(' ')))
  }
})
afterAll(async () => {
  vi.restoreAllMocks()
  await closePool()
  await Promise.all([api.close(), telegramWire.close(), databaseWire.close()])
  await new Promise((resolve) => redis.close(resolve))
  await dropCanaryRole(ownAddress)
})
beforeEach(() => {
  ann = makePerson()
  initData = makeInitData(ann)
  outputs.length = 0
  captured.clear()
})
afterEach(() => {
  api.reset()
  telegramWire.set('pass')
  databaseWire.set('pass')
  const text = [...outputs, captured.text()].join('\n')
  expect(secretsIn(text)).toEqual([])
  expect(text).not.toContain(/hash=(\w+)/.exec(initData)?.[1])
})

describe('the check itself', () => {
  it('runs with every canary in its place, and would see each', () => {
    expect(env()).toMatchObject({
      TELEGRAM_BOT_TOKEN: canaries.TELEGRAM_BOT_TOKEN,
      NEXTAUTH_SECRET: canaries.NEXTAUTH_SECRET,
      INVOICE_SIGNING_KEYS: canaries.INVOICE_SIGNING_KEYS.split(','),
      UPSTASH_REDIS_REST_TOKEN: canaries.UPSTASH_REDIS_REST_TOKEN,
    })
    expect(secrets.length).toBeGreaterThanOrEqual(12)
    for (const [name, secret] of Object.entries(secretTexts)) {
      expect(secretsIn(`x${secret}x`)).toContain(name)
    }
  })

  it('hides a secret of the settings even if a line holds it', () => {
    for (const secret of secrets.filter((one) => one !== foreignChargeId)) {
      log().info({ event: 'slip', text: `before ${secret} after`, list: [secret] })
      expect(hideSecrets(`see ${secret}!`)).toBe('see [hidden]!')
    }
    expect(captured.lines()).toHaveLength(secrets.length - 1)
    expect(captured.lines()[0]).toMatchObject({ text: 'before [hidden] after', list: ['[hidden]'] })
  })
})

describe('no secret is in a log line or an answer', () => {
  it('of a purchase that goes well, up to its refund', async () => {
    const bought = await bill()
    await deliver(makePreCheckoutUpdate(ann, bought))
    await deliver(makePaymentUpdate(ann, bought))
    await deliver(makeTextUpdate(ann, '/account'))
    await deliver(makeTextUpdate(ann, '/paysupport'))
    await work()
    await seen(getMyEntitlements(request(), params({})))
    await seen(getMyPayments(request(), params({})))
    await seen(getInvoice(request(), params({ id: bought.id })))
    await deliver(makeRefundUpdate(ann, bought))
    await work()
    outputs.push(JSON.stringify(await buyPlan(initData, { plan_code: 'gold_1m' })))
    expect(captured.text()).toContain('"outcome":"completed"')
    expect(captured.text()).toContain('rate_limit_fallback')
  })

  it('when secrets come in where they do not belong', async () => {
    for (const secret of secrets) {
      const authorizations = [`Bearer ${secret}x`, `tma ${secret}`, `tma ${initData}${secret}`]
      for (const authorization of authorizations) {
        await seen(getMetrics(request({ authorization })))
        await seen(validate(request({ authorization, body: secret }), params({})))
        await seen(getMyEntitlements(request({ authorization, path: secret }), params({})))
      }
      outputs.push(JSON.stringify(await buyPlan(secret, { plan_code: secret })))
      await buy({ plan_code: secret, [secret]: 1 })
      await buy({ plan_code: secret.toLowerCase().replaceAll(/\W/g, '_').slice(0, 32) })
      await seen(sendInvoice(request({ body: `{"${secret}` }), params({})))
      await seen(getInvoice(request(), params({ id: secret })))
      await seen(cancel(request({ body: '' }), params({ planCode: secret })))
      const authorization = `Bearer ${canaries.INTERNAL_API_TOKEN}`
      await seen(getUserEntitlements(request({ authorization }), params({ telegramId: secret })))
      const query = { id: secret, from: { id: secret }, currency: secret, invoice_payload: secret }
      await seen(validate(request({ authorization, body: JSON.stringify(query) }), params({})))
      await deliver(`{"update_id": "${secret}`)
      await deliver({ update_id: 1 }, { 'x-telegram-bot-api-secret-token': `${secret}x` })
    }
  })

  it('while the database is away, or knows another password', async () => {
    const bought = await bill()
    databaseWire.set('reset')
    expect((await deliver(makePaymentUpdate(ann, bought))).status).toBe(503)
    await deliver(makePreCheckoutUpdate(ann, bought))
    expect((await buy()).status).toBe(500)
    await seen(getMyEntitlements(request(), params({})))
    expect((await seen(getReady())).status).toBe(503)
    await seen(getHealth())
    outputs.push(JSON.stringify(await buyPlan(initData, { plan_code: 'gold_1m' })))
    outputs.push(await runWorkerUntilEmpty().then(String, String))
    await changePassword(ownAddress)
    databaseWire.set('pass')
    expect((await deliver(makePaymentUpdate(ann, bought))).status).toBe(503)
    expect((await seen(getReady())).status).toBe(503)
    outputs.push(await runWorkerUntilEmpty().then(String, String))
    await dropCanaryRole(ownAddress)
    await withCanaryPassword(ownAddress)
  })

  it('while Telegram is away, whose addresses hold the token, or repeats it to us', async () => {
    const bought = await bill()
    await deliver(makePaymentUpdate(ann, bought))
    const addJob = "select graphile_worker.add_job('reconcile', job_key := 'canary')"
    const tryEverything = async () => {
      expect((await buy()).status).toBe(409)
      ann = makePerson()
      initData = makeInitData(ann)
      expect((await buy()).status).toBe(502)
      await deliver(makeTextUpdate(ann, '/buy gold_1m'))
      await deliver(makeTextUpdate(ann, '/terms'))
      await pool().query(addJob)
      await work()
    }
    const buyer = { ann, initData }
    telegramWire.set('reset')
    await tryEverything()
    telegramWire.set('pass')
    for (const method of ['sendMessage', 'createInvoiceLink', 'sendInvoice', 'getStarTransactions'])
      api.refuse(method, 500, `Internal: /bot${canaries.TELEGRAM_BOT_TOKEN}/${method}`)
    ann = buyer.ann
    initData = buyer.initData
    await tryEverything()
    const { rows } = await pool().query<{ last_error: string }>(
      'select last_error from graphile_worker._private_jobs where last_error is not null',
    )
    expect(rows.length).toBeGreaterThanOrEqual(2)
    expect(await db().reconciliationRun.count({ where: { problem: { not: null } } })).toBe(2)
  })

  it('when an update cannot be understood', async () => {
    const broken = makePaymentUpdate(ann, { payload: 'x', amount: 5, chargeId: '' })
    expect((await deliver(broken)).status).toBe(200)
    await deliver({ update_id: nextUpdateId(), pre_checkout_query: { id: '1' } })
    await deliver({ update_id: nextUpdateId(), callback_query: { id: '1' } })
    expect(captured.text()).toContain('update_in_review')
  })

  it('when the metrics are read', async () => {
    const authorization = `Bearer ${canaries.METRICS_TOKEN}`
    expect((await seen(getMetrics(request({ authorization })))).status).toBe(200)
  })

  it("when other people's purchases are near", async () => {
    const bob = makePerson()
    const { payload, amount } = await bill()
    await deliver(makePaymentUpdate(bob, { payload, amount, chargeId: foreignChargeId }))
    await deliver(makePaymentUpdate(ann, { payload, amount, chargeId: foreignChargeId }))
    await deliver(makeRefundUpdate(ann, { payload, amount, chargeId: foreignChargeId }))
    await work()
    await seen(getMyPayments(request(), params({})))
    await deliver(makeTextUpdate(ann, '/paysupport'))
    outputs.push(JSON.stringify(api.calls))
  })
})

it('no secret is anywhere in the database, and a charge id only where it is the key', async () => {
  const ledgers = ['public.payment_events', 'public.telegram_updates']
  const dump = await dumpDatabase()
  expect(dump.get('public.payment_events')?.join()).toContain(foreignChargeId)
  for (const [table, rows] of dump) {
    const found = secretsIn(rows.join('\n'))
    const allowed = ledgers.includes(table) ? ['the charge id of another person'] : []
    expect([table, found.filter((name) => !allowed.includes(name))]).toEqual([table, []])
  }
})
