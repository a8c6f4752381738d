import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openCheckout } from '@/lib/domain/checkout/open-checkout'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { toUnix } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { type StripeShop, startStripeShop } from '@/lib/testing/stripe-shop'
import { receiveStripeEvent } from './stripe-webhook'

let shop: StripeShop

beforeAll(async () => {
  shop = await startStripeShop()
  for (const [code, kind] of [
    ['card_1m', 'one_off'],
    ['card_monthly', 'subscription'],
  ] as const) {
    await db().plan.create({
      data: {
        code,
        name: code,
        description: '',
        features: [],
        family: code,
        tier: 1,
        kind,
        durationDays: 30,
        prices: { create: [{ currency: 'EUR', amount: 999 }] },
      },
    })
  }
})
afterAll(() => shop.close())

const sign = (body: string, secret: string, at: number) =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

const deliver = (body: string, signature: string | null) =>
  receiveStripeEvent(
    new Request('https://plans.test/api/v1/stripe/webhook', {
      method: 'POST',
      headers: signature === null ? {} : { 'stripe-signature': signature },
      body,
    }),
  )

/** Everything that a forged event could have changed. */
async function everything(): Promise<string> {
  const tables = ['payment_events', 'entitlements', 'subscriptions', 'invoices', 'stripe_events']
  const rows = await Promise.all(
    tables.map(async (table) => (await pool().query(`select * from ${table} order by 1`)).rows),
  )
  return JSON.stringify(rows)
}

async function buys(person: PersonActor, planCode: string): Promise<void> {
  const checkout = await openCheckout(person, { plan_code: planCode })
  const { sessions } = await shop.control<{
    sessions: { id: string; client_reference_id: string }[]
  }>('stripe/state')
  const session = sessions.find((one) => one.client_reference_id === checkout.invoice_id)
  await shop.control('stripe/pay', { session_id: session?.id })
}

const held = async (person: PersonActor) =>
  (await listEntitlements(person, person.telegramUserId)).entitlements

describe("Stripe's webhook", () => {
  it('refuses events that are forged, replayed late, stale or wrongly signed, and changes nothing', async () => {
    const ann = makePerson()
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await buys(ann, 'card_1m')
    await shop.control('faults', {})
    const at = toUnix(await now())
    const body = JSON.stringify(await genuineEvent('payment_intent.succeeded'))
    const good = sign(body, shop.webhookSecret, at)
    const before = await everything()

    const forged = fc.oneof(
      // Another secret.
      fc.string({ minLength: 1 }).map((secret) => [body, sign(body, `whsec_${secret}`, at)]),
      // Too old, or from a time to come.
      fc
        .integer({ min: 301, max: 10_000_000 })
        .map((age) => [body, sign(body, shop.webhookSecret, at - age)]),
      // The body was changed after it was signed.
      fc
        .tuple(fc.nat(body.length - 1), fc.constantFrom('0', '9', 'x', ' '))
        .filter(([place, letter]) => body[place] !== letter)
        .map(([place, letter]) => [body.slice(0, place) + letter + body.slice(place + 1), good]),
      // The signature was changed, or is something else.
      fc
        .tuple(fc.nat(63), fc.constantFrom(...'0123456789abcdef'))
        .map(([place, digit]) => {
          const from = good.length - 64 + place
          return [body, good.slice(0, from) + digit + good.slice(from + 1)]
        })
        .filter(([, signature]) => signature !== good),
      fc.string().map((text) => [body, text.replaceAll(/[^\x21-\x7e]/g, '')]),
      fc.constantFrom('', 't=,v1=', `t=${at}`, `v0=${good.slice(-64)}`).map((text) => [body, text]),
    )
    const responses: number[] = []
    await fc.assert(
      fc.asyncProperty(forged, async ([text = '', signature = '']) => {
        const { status } = await deliver(text, signature)
        responses.push(status)
        expect(status).toBe(400)
      }),
      { numRuns: 300 },
    )
    expect(responses.length).toBeGreaterThanOrEqual(300)
    expect((await deliver(body, null)).status).toBe(400)
    expect(await everything()).toBe(before)

    // The genuine one is taken, once.
    expect((await deliver(body, good)).status).toBe(200)
    expect(await held(ann)).toMatchObject([{ active: true }])
    expect(await (await deliver(body, good)).text()).toBe('repeated\n')
  })

  it('passes by what is not ours and keeps what has no shape we know', async () => {
    const at = toUnix(await now())
    const say = async (event: object) => {
      const body = JSON.stringify(event)
      const response = await deliver(body, sign(body, shop.webhookSecret, at))
      return [response.status, (await response.text()).trim()]
    }
    const intent = { object: 'payment_intent', id: 'pi_x', metadata: {}, amount_received: 1 }
    expect(
      await say({ id: 'evt_1', object: 'event', type: 'price.created', data: { object: {} } }),
    ).toEqual([200, 'ignored'])
    expect(
      await say({
        id: 'evt_2',
        object: 'event',
        type: 'payment_intent.succeeded',
        created: at,
        data: { object: intent },
      }),
    ).toEqual([200, 'ignored'])
    const strange = { ...intent, metadata: { invoice_payload: 'x', telegram_user_id: 'nobody' } }
    expect(
      await say({
        id: 'evt_3',
        object: 'event',
        type: 'payment_intent.succeeded',
        created: at,
        data: { object: strange },
      }),
    ).toEqual([200, 'review'])
  })

  it('says 503 while Stripe does not answer what it must ask, and then commits', async () => {
    const ann = makePerson()
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await buys(ann, 'card_monthly')
    const body = JSON.stringify(await genuineEvent('invoice.paid'))
    const send = async () => deliver(body, sign(body, shop.webhookSecret, toUnix(await now())))
    await shop.control('faults', { stripe_api: { '*': { status: 500, times: 10 } } })
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    await shop.control('faults', {})
    expect((await send()).status).toBe(200)
    expect(await held(ann)).toMatchObject([{ active: true, renews: true }])
  })
})

type EventJson = { id: string; type: string; data: { object: Record<string, unknown> } }

async function listed(): Promise<EventJson[]> {
  const response = await fetch(`${shop.simulator.url}/v1/events?limit=100`, {
    headers: { authorization: 'Bearer sk_test_shop' },
  })
  return ((await response.json()) as { data: EventJson[] }).data
}

/** The newest event of this type as Stripe has it. */
async function genuineEvent(type: string): Promise<EventJson> {
  return vi.waitFor(async () => {
    const found = (await listed()).find((event) => event.type === type)
    if (!found) throw new Error(`no ${type} yet`)
    return found
  })
}
