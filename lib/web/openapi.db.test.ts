import '@/lib/testing/next-runtime'

import { globSync } from 'node:fs'
import { encode } from 'next-auth/jwt'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sessionCookieName } from '@/lib/auth/cookies'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { openSession } from '@/lib/domain/users/open-session'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { TestBrowser } from '@/lib/testing/next-request'
import { makeDelivery, makeTextUpdate } from '@/lib/testing/telegram-requests'
import { openApiRoute } from './openapi-route'

const media = z.looseObject({ schema: z.record(z.string(), z.unknown()) })
const answerShape = z.looseObject({ content: z.record(z.string(), media).optional() })
const operationShape = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), answerShape),
})
const documentShape = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
})
type Document = z.infer<typeof documentShape>
type Handler = (request: Request, context: unknown) => Response | Promise<Response>

const modules: Record<string, () => Promise<Record<string, unknown>>> = import.meta.glob([
  '/app/**/route.ts',
  // A picture and an admin's file: for people who look, and no interface of ours.
  '!/app/(web)/logo/route.ts',
  '!/app/admin/**/route.ts',
])
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** `(web)`, `[planCode]` and `[...nextauth]` as the description writes them. */
const pathOf = (file: string) =>
  file
    .replace(/^\/?app/, '')
    .replace(/\/route\.ts$/, '')
    .replaceAll(/\/\(\w+\)/g, '')
    .replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => `{${snake(name)}}`)
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

let api: FakeBotApi
let ann: PersonActor
let document: Document
const answered = new Set<string>()

beforeAll(async () => {
  api = await startFakeBotApi()
  api.answer('getStarTransactions', () => ({ transactions: [] }))
  Object.assign(env(), {
    TELEGRAM_API_ROOT: api.url,
    STRIPE_SECRET_KEY: 'sk_test_of_the_description',
    STRIPE_WEBHOOK_SECRET: 'whsec_of_the_description',
  })
  ann = makePerson()
  document = documentShape.parse(await openApiRoute().json())
})
afterAll(() => api.close())

/** The schema a door's answer must have, by its status and media type; refuses what is not told. */
function promised(path: string, method: string, status: number, type: string | null) {
  const operation = document.paths[path]?.[method.toLowerCase()]
  const answer = operation?.responses[status]
  if (!answer) throw new Error(`${method} ${path} does not tell of ${status}`)
  if (!answer.content) return null
  // Telegram reads nothing into an answer without a body.
  if (type === null && path.endsWith('/telegram/webhook')) return null
  const mediaType = type?.split(';')[0] ?? ''
  const told = answer.content[mediaType]
  if (!told) throw new Error(`${method} ${path} ${status} does not tell of ${mediaType}`)
  return told.schema
}

/** JSON Schema with the references of the document, as something that can judge a value. */
function judge(schema: Record<string, unknown>) {
  const whole = JSON.stringify({ ...schema, $defs: document.components.schemas })
  return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')))
}

type Ask = {
  as?: PersonActor
  /** As the browser in which this person is logged in; with headers that say where it comes from. */
  session?: PersonActor
  headers?: Record<string, string>
  authorization?: string
  body?: unknown
  params?: Record<string, string | string[]>
  request?: Request
}

/** Calls a door as Next does, and holds its answer to the description. */
async function calls(method: string, path: string, ask: Ask = {}): Promise<unknown> {
  const file = Object.keys(modules).find((each) => pathOf(each) === path)
  const load = file ? modules[file] : undefined
  if (!load) throw new Error(`no route ${path}`)
  // Route modules export handlers under the names of methods.
  const handler = (await load())[method] as Handler
  const authorization = ask.as ? `tma ${makeInitData(ask.as)}` : ask.authorization
  const browser = new TestBrowser(ask.headers)
  if (ask.session) browser.cookies.set(sessionCookieName(), await sessionOf(ask.session))
  const plain = browser.request(path.replaceAll(/[{}]/g, ''), {
    method,
    headers: authorization ? { authorization } : {},
  })
  const posted = new Request(plain, { method, body: JSON.stringify(ask.body) })
  const request = ask.request ?? (ask.body === undefined ? plain : posted)
  const context = { params: Promise.resolve(ask.params ?? {}) }
  const response = await browser.within(plain, async () => handler(request, context))

  const { status } = response
  const schema = promised(path, method, status, response.headers.get('content-type'))
  answered.add(`${method} ${path} ${status}`)
  if (!schema) {
    expect(await response.text()).toBe('')
    return undefined
  }
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const value: unknown = isJson ? JSON.parse(text) : text
  const verdict = judge(schema).safeParse(value)
  expect([method, path, status, verdict.error?.message]).toEqual([method, path, status, undefined])
  return value
}

async function sessionOf(person: PersonActor): Promise<string> {
  const session = await openSession(person)
  const token = { sub: String(person.telegramUserId), version: session?.sessionVersion }
  return encode({ token, secret: env().NEXTAUTH_SECRET })
}

/** A running subscription of this person. */
async function subscribes(person: PersonActor): Promise<void> {
  const at = fromUnix(toUnix(new Date()))
  const facts = { telegramUserId: person.telegramUserId, currency: 'XTR', amount: 450 }
  const payload = signPayload({ id: newId(), planCode: 'gold_monthly', issuedAt: at, ...facts })
  const first = { isRecurring: true, isFirstRecurring: true, payload, amount: 450 }
  const ends = { chargedAt: at, subscriptionExpiresAt: addDays(at, 30) }
  await recordCharge({ kind: 'telegram' }, makeCharge({ payer: person, ...first, ...ends }))
}

/** Method and path of every operation that this scheme opens. */
const operationsFor = (scheme: string) =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { security }]) => security.some((each) => scheme in each))
      .map(([method]) => [method.toUpperCase(), path] as const),
  )

const problemShape = z.object({ status: z.literal(403), code: z.string() })
const bearer = () => `Bearer ${env().INTERNAL_API_TOKEN}`
const invoice = z.looseObject({ invoice_id: z.string() })

describe('the description of the interface', () => {
  it('tells of every route and method that answers programs, and of no other', async () => {
    const files = globSync('app/**/route.ts').filter((file) => !/\/logo\/|\/admin\//.test(file))
    expect(files.length).toBe(Object.keys(modules).length)
    expect(files.filter((file) => !file.includes('/api/'))).toHaveLength(1)
    const real = await Promise.all(
      Object.entries(modules).map(async ([file, load]) => {
        const route = await load()
        return methods.filter((each) => route[each]).map((each) => `${each} ${pathOf(file)}`)
      }),
    )
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(told.sort()).toEqual(real.flat().sort())
  })

  it('names each operation once, and nothing that it does not define', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const { schemas, securitySchemes } = document.components
    for (const { security } of operations)
      for (const scheme of security)
        expect(Object.keys(securitySchemes)).toEqual(expect.arrayContaining(Object.keys(scheme)))
    const text = JSON.stringify(document)
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref)
    expect(refs.length).toBeGreaterThan(20)
    for (const ref of refs)
      expect(Object.keys(schemas)).toContain(ref.replace('#/components/schemas/', ''))
  })

  it('holds answers to it: an answer of another shape is refused', () => {
    const { schema } = document.paths['/api/health']?.get?.responses[200]?.content?.[
      'application/json'
    ] ?? { schema: {} }
    expect(judge(schema).safeParse({ status: 'ok' }).success).toBe(true)
    expect(judge(schema).safeParse({ status: 'ok', more: 1 }).success).toBe(false)
    expect(judge(schema).safeParse({ status: 'down' }).success).toBe(false)
    expect(() => promised('/api/health', 'GET', 500, 'application/json')).toThrow('500')
  })
})

describe('real answers are as described', () => {
  it('of invoices', async () => {
    const sendInvoice = '/api/v1/telegram/payment/send-invoice'
    const body = { plan_code: 'gold_1m' }
    const made = invoice.parse(await calls('POST', sendInvoice, { as: ann, body }))
    const id = { id: made.invoice_id }
    await calls('GET', '/api/v1/invoices/{id}', { as: ann, params: id })
    await calls('GET', '/api/v1/invoices/{id}', { as: makePerson(), params: id })
    await calls('GET', '/api/v1/invoices/{id}', { params: id })
    await calls('GET', '/pay/{id}/news', { session: ann, params: id })
    await calls('GET', '/pay/{id}/news', { session: makePerson(), params: id })
    await calls('GET', '/pay/{id}/news', { params: id })
    await calls('POST', sendInvoice, { body })
    await calls('POST', sendInvoice, { as: ann, body: {} })
    await calls('POST', sendInvoice, { as: ann, body: { plan_code: 'nothing' } })
    api.refuse('createInvoiceLink', 502, 'Bad Gateway')
    await calls('POST', sendInvoice, { as: ann, body })
    api.reset()
    for (let n = 0; n < 3; n++) await calls('POST', sendInvoice, { as: ann, body })
    expect(answered).toContain(`POST ${sendInvoice} 429`)
  })

  it('of an account, from the subscription to the end of it', async () => {
    const ben = makePerson()
    await subscribes(ben)
    const params = { planCode: 'gold_monthly' }
    await calls('GET', '/api/v1/me/entitlements', { as: ben })
    await calls('GET', '/api/v1/me/payments', { as: ben })
    for (const step of ['cancel', 'resume']) {
      const path = `/api/v1/me/subscriptions/{plan_code}/${step}`
      await calls('POST', path, { as: ben, params })
      await calls('POST', path, { as: ben, params: { planCode: 'silver_1m' } })
      await calls('POST', path, { params })
    }
    await calls('POST', '/api/v1/me/restore', { as: ben })
    await calls('DELETE', '/api/v1/me', { as: ben })
    await calls('DELETE', '/api/v1/me')
  })

  it('for services', async () => {
    const entitlements = '/api/v1/users/{telegram_id}/entitlements'
    const params = { telegramId: String(ann.telegramUserId) }
    await calls('GET', entitlements, { authorization: bearer(), params })
    await calls('GET', entitlements, { params })
    await calls('GET', entitlements, { authorization: bearer(), params: { telegramId: 'me' } })
    const validate = '/api/v1/telegram/payment/validate'
    const body = {
      id: '1',
      from: { id: ann.telegramUserId },
      currency: 'XTR',
      total_amount: 1,
      invoice_payload: 'x',
    }
    await calls('POST', validate, { authorization: bearer(), body })
    await calls('POST', validate, { authorization: bearer(), body: {} })
    await calls('POST', validate, { body })
  })

  it('to Telegram and Stripe', async () => {
    const telegram = '/api/v1/telegram/webhook'
    await calls('POST', telegram, { request: makeDelivery(makeTextUpdate(ann, 'Hello')) })
    await calls('POST', telegram, { request: makeDelivery('[]') })
    await calls('POST', telegram, { body: {} })
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'price.created' })
    const secret = env().STRIPE_WEBHOOK_SECRET ?? ''
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret })
    const request = new Request('https://plans.test/api/v1/stripe/webhook', {
      method: 'POST',
      body: payload,
      headers: { 'stripe-signature': signature },
    })
    await calls('POST', '/api/v1/stripe/webhook', { request })
    await calls('POST', '/api/v1/stripe/webhook', { body: {} })
  })

  it('of logins and operations', async () => {
    await calls('GET', '/api/auth/{nextauth}', { params: { nextauth: ['providers'] } })
    await calls('GET', '/api/auth/{nextauth}', { params: { nextauth: ['nothing'] } })
    await calls('POST', '/api/auth/{nextauth}', { params: { nextauth: ['nothing'] } })
    await calls('GET', '/api/auth/code')
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    await calls('GET', '/api/auth/code', { headers })
    await calls('POST', '/api/auth/{nextauth}', { headers, params: { nextauth: ['signout'] } })
    await calls('GET', '/api/health')
    await calls('GET', '/api/ready')
    await calls('GET', '/api/metrics', { authorization: `Bearer ${env().METRICS_TOKEN}` })
    await calls('GET', '/api/metrics', { authorization: 'Bearer wrong' })
    await calls('GET', '/api/openapi.json')
  })

  it('of a browser: by its session from our own pages, and 403 from everywhere else', async () => {
    const cat = makePerson()
    await subscribes(cat)
    const params = { planCode: 'gold_monthly', id: newId() }
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const refused = problemShape.extend({ code: z.literal('forbidden_origin') })
    for (const [method, path] of operationsFor('session')) {
      const body = path.endsWith('/send-invoice') ? { body: { plan_code: 'lifetime' } } : {}
      const ask = { session: cat, params, ...body }
      refused.parse(await calls(method, path, { ...ask, headers: elsewhere }))
      // What changes something also wants our Origin, and a form of another site has its own.
      const headers = { origin: 'null' }
      if (method !== 'GET') refused.parse(await calls(method, path, { ...ask, headers }))
    }
    await calls('POST', '/api/v1/telegram/payment/send-invoice', {
      session: cat,
      body: { plan_code: 'coaching_1m' },
    })
    for (const [method, path] of operationsFor('session'))
      if (!path.endsWith('/send-invoice')) await calls(method, path, { session: cat, params })
    const answers = operationsFor('session').map(([method, path]) => `${method} ${path} 403`)
    expect([...answered]).toEqual(expect.arrayContaining(answers))
  })

  it('for every operation, with at least one answer', () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const seen = new Set([...answered].map((each) => each.replace(/ \d+$/, '')))
    expect(told.filter((each) => !seen.has(each))).toEqual([])
  })
})
