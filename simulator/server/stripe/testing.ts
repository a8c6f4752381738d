import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import type { Simulator } from '@/simulator/server/start'
import { type Bench, startBench } from '@/simulator/server/testing/harness'

/** A shop with the official package, and its webhook. */

export const SECRET = 'whsec_of_the_test'

export type Seen = { event: Stripe.Event; raw: string; signature: string }

export function stripeAt(simulator: Simulator): Stripe {
  return new Stripe('sk_test_shop', {
    host: '127.0.0.1',
    port: simulator.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  })
}

export async function startShop() {
  const seen: Seen[] = []
  const shop = { seen, answer: (_seen: Seen, _count: number): number => 200 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      const signature = String(request.headers['stripe-signature'])
      const receivedAt = bench.simulator.world.clock.now()
      const event = stripe.webhooks.constructEvent(
        raw,
        signature,
        SECRET,
        300,
        undefined,
        receivedAt,
      )
      const entry = { event, raw, signature }
      seen.push(entry)
      const status = shop.answer(entry, seen.length)
      if (status !== 0) response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const webhookUrl = `http://127.0.0.1:${port}/webhook`
  const bench: Bench = await startBench({ stripe: { webhookSecret: SECRET, webhookUrl } })
  const stripe = stripeAt(bench.simulator)
  const types = () => seen.map(({ event }) => event.type)
  const settle = () => bench.settle()
  return Object.assign(shop, { bench, stripe, types, settle, webhookUrl })
}

export type Shop = Awaited<ReturnType<typeof startShop>>

const URLS = {
  success_url: 'http://127.0.0.1:3000/done?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1:3000/plans',
}

export function oneOff(more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return {
    mode: 'payment',
    ...URLS,
    client_reference_id: 'invoice-1',
    metadata: { invoice: 'invoice-1' },
    payment_intent_data: { metadata: { invoice: 'invoice-1' } },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'eur', unit_amount: 999, product_data: { name: 'Gold' } },
      },
    ],
    ...more,
  } satisfies Stripe.Checkout.SessionCreateParams
}

export function subscription(
  recurring: Stripe.Checkout.SessionCreateParams.LineItem.PriceData.Recurring = {
    interval: 'day',
    interval_count: 30,
  },
) {
  return {
    mode: 'subscription',
    ...URLS,
    client_reference_id: 'invoice-2',
    subscription_data: { metadata: { plan: 'gold_monthly' } },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'eur',
          unit_amount: 450,
          product_data: { name: 'Gold, monthly' },
          recurring,
        },
      },
    ],
  } satisfies Stripe.Checkout.SessionCreateParams
}

/** Pays a session without a browser. */
export function pay({ bench }: Shop, session_id: string, more: object = {}) {
  return bench.post('/control/stripe/pay', { session_id, ...more })
}

/** A running subscription. */
export async function subscribe(
  shop: Shop,
  recurring?: Parameters<typeof subscription>[0],
  more: object = {},
): Promise<Stripe.Subscription> {
  const { id } = await shop.stripe.checkout.sessions.create(subscription(recurring))
  await pay(shop, id, more)
  await shop.settle()
  const session = await shop.stripe.checkout.sessions.retrieve(id, { expand: ['subscription'] })
  if (session.subscription === null || typeof session.subscription === 'string') {
    throw new Error('There is no subscription.')
  }
  return session.subscription
}
