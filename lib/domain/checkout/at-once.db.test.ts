import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { type CardShop, startCardShop } from '@/lib/testing/card-shop'
import { makePerson } from '@/lib/testing/factories'

let shop: CardShop
let ann: PersonActor

beforeAll(async () => {
  shop = await startCardShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  await shop.control('faults', {})
  await db().stripeEvent.deleteMany()
})

const newest = (type: string) =>
  [...shop.simulator.world.stripe.events.values()].findLast((event) => event.type === type)

describe('50 deliveries at once', () => {
  const payments = () =>
    db().paymentEvent.findMany({
      where: { telegramUserId: ann.telegramUserId },
      select: { id: true, status: true, chargeId: true, refundedAt: true },
      orderBy: { chargeId: 'asc' },
    })

  /** The event is told 50 times at the same moment, with nothing known of it before. */
  async function delivers50(type: string): Promise<void> {
    const event = newest(type)
    const deliveries = await shop.control<{ status: number }[]>('stripe/deliver', {
      ...{ event_ids: [event?.id], times: 50, at_once: true },
    })
    expect(deliveries.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    const kept = await db().stripeEvent.findMany({ where: { type } })
    expect(kept).toMatchObject([{ id: event?.id, state: 'handled' }])
  }

  it.each([
    ['payment_intent.succeeded', 'card_1m'],
    ['invoice.paid', 'card_monthly'],
  ])('of %s are one charge', async (type, plan) => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await shop.pays(await shop.opens(ann, plan))
    await delivers50(type)
    expect(await payments()).toMatchObject([{ status: 'completed' }])
    expect(await shop.held(ann)).toMatchObject([{ plan_code: plan, active: true }])
    const { rows } = await pool().query(
      `select key from graphile_worker.jobs where key like 'tell_buyer:' || $1 || '%'`,
      [(await payments())[0]?.id],
    )
    expect(rows).toHaveLength(1)
  })

  it.each([
    ['charge.refunded', 'stripe/refunds'],
    ['charge.dispute.created', 'stripe/disputes'],
  ])('of %s are one refund', async (type, path) => {
    const { intent } = await shop.buys(ann, 'card_1m')
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await shop.control(path, { payment_intent: intent })
    await delivers50(type)
    const [payment, ...others] = await payments()
    expect([payment?.status, others]).toEqual(['refunded', []])
    expect(await shop.held(ann)).toMatchObject([{ status: 'revoked' }])
    const { rows } = await pool().query(
      `select key from graphile_worker.jobs where key = 'tell_refund:' || $1`,
      [payment?.id],
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a charge that Stripe calls disputed', () => {
  it('is taken back while Stripe lists no dispute of it', async () => {
    const { intent } = await shop.buys(ann, 'card_1m')
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await shop.control('stripe/disputes', { payment_intent: intent })
    shop.simulator.world.stripe.disputes.clear()
    await shop.control('stripe/deliver', { event_ids: [newest('charge.dispute.created')?.id] })
    expect(await shop.held(ann)).toMatchObject([{ status: 'revoked' }])
  })
})
