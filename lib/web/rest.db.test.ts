import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET as getHealth } from '@/app/api/health/route'
import { GET as getMetrics } from '@/app/api/metrics/route'
import { GET as getReady } from '@/app/api/ready/route'
import { GET as getInvoice } from '@/app/api/v1/invoices/[id]/route'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { GET as getMyPayments } from '@/app/api/v1/me/payments/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { POST as validate } from '@/app/api/v1/telegram/payment/validate/route'
import { GET as getUserEntitlements } from '@/app/api/v1/users/[telegramId]/entitlements/route'
import { buyPlan } from '@/app/app/actions'
import { entitlementList } from '@/lib/domain/entitlements/schema'
import { invoiceDto, invoiceStatusDto } from '@/lib/domain/invoices/schema'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { paymentList } from '@/lib/domain/payments/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'

let api: FakeBotApi
let ann: PersonActor

const request = (options: { as?: PersonActor; authorization?: string; body?: unknown } = {}) => {
  const authorization = options.as ? `tma ${makeInitData(options.as)}` : options.authorization
  return new Request('https://plans.test/api', {
    ...(options.body === undefined
      ? {}
      : {
          method: 'POST',
          body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
        }),
    headers: authorization ? { authorization } : {},
  })
}
const none = { params: Promise.resolve({}) }
const invoiceParams = (id: string) => ({ params: Promise.resolve({ id }) })
const bearer = () => `Bearer ${env().INTERNAL_API_TOKEN}`
const gold = { plan_code: 'gold_1m' }

/** Status and code of a problem, and that it is one as RFC 9457 says. */
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = await response.json()
  expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'status', 'title', 'type'])
  expect(body.status).toBe(response.status)
  return [response.status, body.code]
}

const pay = async (person: PersonActor, invoiceId: string) => {
  const row = await db().invoice.findUniqueOrThrow({ where: { id: invoiceId } })
  const charge = makeCharge({ payer: person, payload: row.payload, amount: Number(row.amount) })
  await recordCharge({ kind: 'telegram' }, charge)
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  ann = makePerson()
})

describe('send-invoice', () => {
  it('answers 201 with the link, for the price of the catalogue', async () => {
    const response = await sendInvoice(request({ as: ann, body: gold }), none)
    expect(response.status).toBe(201)
    expect(invoiceDto.parse(await response.json())).toMatchObject({
      plan_code: 'gold_1m',
      currency: 'XTR',
      amount: 500,
    })
    const call = api.calls.at(-1)
    expect(call?.method).toBe('createInvoiceLink')
    expect(Buffer.byteLength(String(call?.params.payload))).toBeLessThanOrEqual(128)
    expect(call?.params).toMatchObject({ currency: 'XTR', provider_token: '' })
  })

  it('makes a new invoice at every call', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const response = await sendInvoice(request({ as: ann, body: gold }), none)
        return invoiceDto.parse(await response.json()).invoice_id
      }),
    )
    expect(new Set(ids).size).toBe(2)
  })

  it.each([
    ['no header', undefined],
    ['another scheme', 'Bearer x'],
    ['nonsense', 'tma nonsense'],
  ])('answers 401 to %s, before it looks at the body', async (_, authorization) => {
    const call = request({ ...(authorization ? { authorization } : {}), body: 'not json' })
    expect(await problemOf(await sendInvoice(call, none))).toEqual([401, 'unauthorized'])
  })

  it('answers 401 init_data_expired to init data of yesterday', async () => {
    const authorization = `tma ${makeInitData(ann, { ageSeconds: 86_500 })}`
    const response = await sendInvoice(request({ authorization, body: gold }), none)
    expect(await problemOf(response)).toEqual([401, 'init_data_expired'])
  })

  it.each([
    '',
    'x',
    '[]',
    '{}',
    { plan_code: 7 },
    { plan_code: 'Gold!' },
    { ...gold, method: 'cash' },
  ])('answers 422 to %j', async (body) => {
    const response = await sendInvoice(request({ as: ann, body }), none)
    expect(await problemOf(response)).toEqual([422, 'invalid_request'])
  })

  it('answers 404 to an unknown plan, a retired one, and one that is not sold that way', async () => {
    await db().plan.update({ where: { code: 'silver_3m' }, data: { onSale: false } })
    for (const body of [
      { plan_code: 'platinum' },
      { plan_code: 'silver_3m' },
      { ...gold, method: 'telegram' },
    ]) {
      const response = await sendInvoice(request({ as: ann, body }), none)
      expect(await problemOf(response)).toEqual([404, 'unknown_plan'])
    }
  })

  it('answers 429 with Retry-After to the sixth well-formed attempt, and counts no malformed one', async () => {
    for (let i = 0; i < 3; i++) await sendInvoice(request({ as: ann, body: {} }), none)
    for (let i = 0; i < 5; i++)
      await sendInvoice(request({ as: ann, body: { plan_code: 'nope' } }), none)
    const response = await sendInvoice(request({ as: ann, body: gold }), none)
    expect(await problemOf(response)).toEqual([429, 'rate_limited'])
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    const bob = makePerson()
    expect((await sendInvoice(request({ as: bob, body: gold }), none)).status).toBe(201)
  })

  it('answers 409 to a plan the person has, or has better', async () => {
    const { invoice_id: id } = await (
      await sendInvoice(request({ as: ann, body: gold }), none)
    ).json()
    await pay(ann, id)
    for (const plan_code of ['gold_1m', 'silver_1m']) {
      const response = await sendInvoice(request({ as: ann, body: { plan_code } }), none)
      expect(await problemOf(response)).toEqual([409, 'already_entitled'])
    }
  })

  it.each([
    [401, 'Unauthorized', {}],
    [400, 'Bad Request: STARS_INVOICE_INVALID', {}],
    [429, 'Too Many Requests: retry after 7', { retry_after: 7 }],
    [502, 'Bad Gateway', {}],
  ])(
    'answers 502 when Telegram says %i, and the invoice row is there',
    async (code, text, parameters) => {
      api.refuse('createInvoiceLink', code, text, parameters)
      const response = await sendInvoice(request({ as: ann, body: gold }), none)
      expect(response.headers.get('retry-after')).toBe(code === 429 ? '7' : null)
      expect(await problemOf(response)).toEqual([502, 'telegram_unavailable'])
      const rows = await db().invoice.count({
        where: { user: { telegramUserId: ann.telegramUserId } },
      })
      expect(rows).toBe(1)
    },
  )
})

describe('the server action', () => {
  it('does the same as REST, and refuses in values', async () => {
    expect(await buyPlan(makeInitData(ann), gold)).toMatchObject({
      ok: true,
      value: { amount: 500 },
    })
    expect(await buyPlan('forged', gold)).toEqual({ ok: false, code: 'unauthorized' })
    expect(await buyPlan(makeInitData(ann), { plan_code: 'nope' })).toEqual({
      ok: false,
      code: 'unknown_plan',
    })
  })
})

describe('invoices/{id}', () => {
  it('follows the payment, for its owner only', async () => {
    const made = await sendInvoice(request({ as: ann, body: gold }), none)
    const { invoice_id: id } = invoiceDto.parse(await made.json())
    const statusFor = (as: PersonActor) => getInvoice(request({ as }), invoiceParams(id))
    expect(invoiceStatusDto.parse(await (await statusFor(ann)).json()).status).toBe('open')
    expect(await problemOf(await statusFor(makePerson()))).toEqual([404, 'not_found'])
    await pay(ann, id)
    expect(invoiceStatusDto.parse(await (await statusFor(ann)).json()).status).toBe('paid')
  })

  it('calls an old open one expired', async () => {
    const made = await sendInvoice(request({ as: ann, body: gold }), none)
    const { invoice_id: id } = invoiceDto.parse(await made.json())
    await db().invoice.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    const response = await getInvoice(request({ as: ann }), invoiceParams(id))
    expect((await response.json()).status).toBe('expired')
  })

  it.each(['x', "' or 1=1", '01900000-0000-7000-8000-000000000000'])(
    'answers 404 to %s',
    async (id) => {
      const response = await getInvoice(request({ as: ann }), invoiceParams(id))
      expect(await problemOf(response)).toEqual([404, 'not_found'])
    },
  )
})

describe('entitlements', () => {
  it('shows a payment at the next request, to the person and to other services', async () => {
    const { invoice_id: id } = await (
      await sendInvoice(request({ as: ann, body: gold }), none)
    ).json()
    const mine = async () =>
      entitlementList.parse(await (await getMyEntitlements(request({ as: ann }), none)).json())
    expect(await mine()).toEqual({ user: { telegram_id: ann.telegramUserId }, entitlements: [] })
    await pay(ann, id)
    expect((await mine()).entitlements).toMatchObject([
      { plan_code: 'gold_1m', active: true, status: 'active', source: 'stars', renews: false },
    ])
    const params = { params: Promise.resolve({ telegramId: String(ann.telegramUserId) }) }
    const theirs = await getUserEntitlements(request({ authorization: bearer() }), params)
    expect(await theirs.json()).toEqual(await mine())
    const payments = await getMyPayments(request({ as: ann }), none)
    expect(paymentList.parse(await payments.json()).payments).toMatchObject([
      { plan_code: 'gold_1m', amount: 500, currency: 'XTR', status: 'completed' },
    ])
  })

  it('of somebody unknown is an empty list', async () => {
    const params = { params: Promise.resolve({ telegramId: '4503599627370494' }) }
    const response = await getUserEntitlements(request({ authorization: bearer() }), params)
    expect(await response.json()).toEqual({
      user: { telegram_id: 4_503_599_627_370_494 },
      entitlements: [],
    })
  })

  it('of others needs the internal token, and does not exist without one', async () => {
    const params = { params: Promise.resolve({ telegramId: '42' }) }
    const call = (authorization: string) => getUserEntitlements(request({ authorization }), params)
    expect(await problemOf(await call('Bearer wrong'))).toEqual([401, 'unauthorized'])
    expect(await problemOf(await call(`tma ${makeInitData(ann)}`))).toEqual([401, 'unauthorized'])
    const token = env().INTERNAL_API_TOKEN
    env().INTERNAL_API_TOKEN = undefined
    expect(await problemOf(await call(`Bearer ${token}`))).toEqual([404, 'not_found'])
    env().INTERNAL_API_TOKEN = token
  })

  it.each(['0', '-1', 'me', '1e99', '9007199254740993'])(
    'refuses the id %s',
    async (telegramId) => {
      const params = { params: Promise.resolve({ telegramId }) }
      const response = await getUserEntitlements(request({ authorization: bearer() }), params)
      expect(response.status).toBe(422)
    },
  )
})

describe('payment/validate', () => {
  it('answers as the webhook would, and writes nothing', async () => {
    const { invoice_id: id } = await (
      await sendInvoice(request({ as: ann, body: gold }), none)
    ).json()
    const { payload } = await db().invoice.findUniqueOrThrow({ where: { id } })
    const query = {
      id: '7',
      from: { id: ann.telegramUserId, is_bot: false, first_name: 'Ann' },
      currency: 'XTR',
      total_amount: 500,
      invoice_payload: payload,
    }
    const ask = async (overrides: object) =>
      (
        await validate(request({ authorization: bearer(), body: { ...query, ...overrides } }), none)
      ).json()
    expect(await ask({})).toEqual({ ok: true })
    expect(await ask({ total_amount: 1 })).toMatchObject({ ok: false, reason: 'amount_mismatch' })
    expect(await ask({ invoice_payload: 'x' })).toMatchObject({
      ok: false,
      reason: 'malformed_payload',
    })
    expect(await db().paymentEvent.count({ where: { invoicePayload: payload } })).toBe(0)
    const wrong = await validate(request({ authorization: bearer(), body: { id: '7' } }), none)
    expect(await problemOf(wrong)).toEqual([422, 'invalid_request'])
  })
})

describe('health, ready, metrics', () => {
  it('is up and ready', async () => {
    expect(getHealth().status).toBe(200)
    expect((await getReady()).status).toBe(200)
  })

  it('is not ready before its newest migration', async () => {
    await db().$executeRaw`update _prisma_migrations set finished_at = null`
    const response = await getReady()
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'not_ready',
      ready: false,
      reason: 'migrations',
    })
    await db().$executeRaw`update _prisma_migrations set finished_at = now()`
  })

  it('shows metrics to the bearer of the token only', async () => {
    const call = (authorization: string) => getMetrics(request({ authorization }))
    expect((await call('Bearer wrong')).status).toBe(401)
    const response = await call(`Bearer ${env().METRICS_TOKEN}`)
    const text = await response.text()
    expect(text).toContain('telegram_invoices_total{plan="gold_1m",outcome="created"}')
    expect(text).toContain('process_cpu_user_seconds_total')
  })
})
