import { describe, expect, it } from 'vitest'
import type { StripeDelivery } from '@/simulator/wire'
import { oneOff, pay, type Shop, startShop } from './testing'

async function buy(shop: Shop): Promise<void> {
  const { id } = await shop.stripe.checkout.sessions.create(oneOff())
  await pay(shop, id)
  await shop.settle()
}

async function deliveries({ bench }: Shop, query = ''): Promise<StripeDelivery[]> {
  return (await bench.get(`/control/stripe/deliveries${query}`)).list as StripeDelivery[]
}

async function deliver({ bench }: Shop, body: object): Promise<StripeDelivery[]> {
  return (await bench.post('/control/stripe/deliver', body)).list as StripeDelivery[]
}

const completed = 'checkout.session.completed'

describe('events', () => {
  it('are signed so that the official package believes them, and nothing else', async () => {
    const shop = await startShop()
    await buy(shop)
    const [first] = shop.seen
    const { raw = '', signature = '' } = first ?? {}
    const check = (body: string, secret = 'whsec_of_the_test', at = Date.now()) => {
      return shop.stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, at)
    }
    expect(check(raw).id).toBe(first?.event.id)
    expect(() => check(raw.replace('999', '1'))).toThrow(/signature/i)
    expect(() => check(raw, 'whsec_other')).toThrow(/signature/i)
    expect(() => check(raw, undefined, Date.now() + 301_000)).toThrow(/tolerance/i)
  })

  it('come again with a new signature until they are taken', async () => {
    const shop = await startShop()
    shop.answer = () => 503
    await buy(shop)
    await shop.bench.advance(7 * 60)
    const tries = await deliveries(shop, `?type=${completed}`)
    expect(tries.map(({ attempt, status, ok }) => [attempt, status, ok])).toEqual([
      [1, 503, false],
      [2, 503, false],
      [3, 503, false],
    ])
    const times = tries.map(({ at_unix }) => Math.round(at_unix - (tries[0]?.at_unix ?? 0)))
    expect(times).toEqual([0, 60, 360])
    const signatures = shop.seen.filter(({ event }) => event.type === completed)
    expect(new Set(signatures.map(({ signature }) => signature)).size).toBe(3)
    expect((await shop.stripe.events.list({ delivery_success: false })).data).toHaveLength(4)
    shop.answer = () => 200
    await shop.bench.advance(1800)
    expect((await shop.stripe.events.list({ delivery_success: false })).data).toEqual([])
    expect((await deliveries(shop, `?type=${completed}`)).at(-1)?.ok).toBe(true)
  })

  it('are given up after three days', async () => {
    const shop = await startShop()
    shop.answer = () => 500
    await buy(shop)
    await shop.bench.advance(5 * 86_400)
    const tries = await deliveries(shop, `?type=${completed}`)
    const last = (tries.at(-1)?.at_unix ?? 0) - (tries[0]?.at_unix ?? 0)
    expect(last).toBeGreaterThan(2 * 86_400)
    expect(last).toBeLessThan(3 * 86_400)
    expect(tries.at(-1)?.next_attempt_at).toBeUndefined()
  })

  it('are tried again when nobody answers for twenty seconds', async () => {
    const shop = await startShop()
    shop.answer = (_seen, count) => (count === 1 ? 0 : 200)
    await shop.stripe.customers.create()
    await expect.poll(() => shop.seen.length).toBe(1)
    await shop.bench.advance(120)
    const tries = await deliveries(shop)
    expect(tries).toMatchObject([{ error: 'Timed out' }, { ok: true }])
  })

  it('are replaced, lost, hung, doubled, dropped and held as the faults say', async () => {
    const shop = await startShop()
    const fault = (stripe_webhook: object) => shop.bench.post('/control/faults', { stripe_webhook })
    const event = async () => {
      shop.seen.splice(0)
      await shop.stripe.customers.create()
      await shop.bench.advance(120)
      return shop.seen.length
    }
    await fault({ status: 500, times: 1, delivered: false })
    expect(await event()).toBe(1)
    await fault({ drop_answer: 1 })
    expect(await event()).toBe(2)
    await fault({ hang: 1 })
    expect(await event()).toBe(2)
    await fault({ duplicate: 3 })
    expect(await event()).toBe(4)
    await fault({ drop: ['customer.created'] })
    expect(await event()).toBe(0)
    await fault({ shuffle_ms: 5000, delay_ms: 1000 })
    expect(await event()).toBe(1)
    await fault({ hold: true })
    expect(await event()).toBe(0)
    expect(await deliver(shop, {})).toMatchObject([{ type: 'customer.created', ok: true }])
    expect(await deliver(shop, {})).toEqual([])
  })

  it('are delivered by hand, as often and in the order that is asked for', async () => {
    const shop = await startShop()
    await buy(shop)
    const event_ids = shop.seen.map(({ event }) => event.id)
    const sent = async (body: object) => {
      shop.seen.splice(0)
      await deliver(shop, { event_ids, ...body })
      return shop.seen.map(({ event }) => event.id)
    }
    expect(await sent({})).toEqual(event_ids)
    expect(await sent({ order: 'reversed' })).toEqual([...event_ids].reverse())
    const shuffled = await sent({ order: 'shuffled', seed: 7, times: 5 })
    expect(shuffled).toHaveLength(20)
    expect(await sent({ order: 'shuffled', seed: 7, times: 5 })).toEqual(shuffled)
    expect(new Set(shuffled)).toEqual(new Set(event_ids))
    expect(await sent({ times: 50, at_once: true })).toHaveLength(200)
    expect(await deliver(shop, { event_ids: ['evt_0'] })).toBeUndefined()
  })

  it('go to endpoints that were registered for them', async () => {
    const shop = await startShop()
    const { webhookEndpoints } = shop.stripe
    const made = await webhookEndpoints.create({
      url: shop.webhookUrl,
      enabled_events: ['customer.deleted'],
    })
    expect(made.secret).toMatch(/^whsec_/)
    await shop.bench.post('/control/stripe/endpoint', { enabled_events: ['customer.created'] })
    await webhookEndpoints.del(made.id)
    const { id } = await shop.stripe.customers.create()
    await shop.stripe.customers.del(id)
    await shop.settle()
    expect(shop.types()).toEqual(['customer.created'])
    expect((await webhookEndpoints.list()).data).toHaveLength(1)
  })
})
