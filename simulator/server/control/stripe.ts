import { z } from 'zod'
import { HttpError } from '@/simulator/server/errors'
import { parse, type Route, type RouteContext, route } from '@/simulator/server/http'
import {
  chargeInvoice,
  endSubscription,
  periodOf,
  setCancelAtPeriodEnd,
} from '@/simulator/server/stripe/billing'
import { GOOD_CARD } from '@/simulator/server/stripe/cards'
import { payCheckout, sessionById, verifyCheckout } from '@/simulator/server/stripe/checkout'
import { deliverInOrder } from '@/simulator/server/stripe/deliver'
import { StripeError } from '@/simulator/server/stripe/errors'
import { subscriptionOf } from '@/simulator/server/stripe/invoices'
import { closeDispute, createRefund, openDispute } from '@/simulator/server/stripe/refunds'
import type { World } from '@/simulator/server/world'

const target = { charge: z.string().optional(), payment_intent: z.string().optional() }
const amount = z.int().positive().optional()
const pay = z.strictObject({
  session_id: z.string(),
  card: z.string().default(GOOD_CARD),
  verification: z.enum(['approve', 'fail']).default('approve'),
  email: z.string().default('buyer@example.com'),
  name: z.string().default('Test Buyer'),
})
const refund = z.strictObject({ ...target, amount })
const dispute = z.union([
  z.strictObject({ dispute: z.string(), close: z.enum(['won', 'lost']) }),
  z.strictObject({ ...target, amount, reason: z.string().default('fraudulent') }),
])
const subscription = z.strictObject({
  subscription: z.string(),
  action: z.enum(['fail', 'recover', 'renew', 'cancel', 'cancel_at_period_end', 'resume']),
})
const deliver = z.strictObject({
  event_ids: z.array(z.string()).optional(),
  times: z.int().min(1).max(1000).default(1),
  order: z.enum(['given', 'reversed', 'shuffled']).default('given'),
  seed: z.int().default(1),
  endpoint_id: z.string().optional(),
  at_once: z.boolean().default(false),
})
const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).optional(),
  secret: z.string().min(1).optional(),
  enabled_events: z.array(z.string()).min(1).optional(),
})

const AFTER_INVOICE = 3600 + 1

/** What the API refuses, in the words of this interface. */
function translated<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    const code = error.fields.code ?? error.fields.type
    throw new HttpError(error.status, code.toUpperCase(), error.message)
  }
}

function payByCard({ world, body }: RouteContext) {
  const { session_id, verification, ...by } = parse(pay, body)
  const { stripe } = world
  const session = sessionById(stripe, session_id)
  if (session.status !== 'open') {
    const code = `SESSION_${session.status}`.toUpperCase()
    throw new HttpError(409, code, `This Checkout Session is ${session.status}.`)
  }
  const outcome = payCheckout(stripe, session, by)
  if (outcome.status !== 'verification') return outcome
  return verifyCheckout(stripe, session, verification === 'approve')
}

async function change(world: World, id: string, action: z.output<typeof subscription>['action']) {
  const { stripe } = world
  const found = translated(() => stripe.subscription(id))
  const record = stripe.running.get(id)
  if (found.status === 'canceled' || record === undefined) {
    throw new HttpError(409, 'SUBSCRIPTION_CANCELED', 'This subscription has ended.')
  }
  if (action === 'fail') record.failing = true
  else if (action === 'recover') {
    record.failing = false
    const open = [...stripe.invoices.values()].filter((invoice) => {
      return invoice.status === 'open' && subscriptionOf(invoice) === id
    })
    for (const invoice of open) chargeInvoice(stripe, invoice)
  } else if (action === 'renew') {
    const due = periodOf(found).end - world.clock.unix() + AFTER_INVOICE
    await world.clock.advance(due * 1000)
  } else if (action === 'cancel') endSubscription(stripe, found, 'cancellation_requested')
  else setCancelAtPeriodEnd(stripe, found, action === 'cancel_at_period_end')
  return found
}

function deliveries({ world, query }: RouteContext) {
  const [id, type] = [query.get('event_id'), query.get('type')]
  const found = world.stripe.webhooks.deliveries.filter((entry) => {
    return (id === null || entry.event_id === id) && (type === null || entry.type === type)
  })
  if (query.get('body') === '1') return found
  return found.map(({ request_body, answer_body, signature, ...rest }) => rest)
}

function setEndpoint(world: World, input: z.output<typeof endpoint>) {
  const { stripe } = world
  const [first] = stripe.webhooks.endpoints.values()
  if (first === undefined) {
    const url = input.url ?? `${world.appUrl}/api/v1/stripe/webhook`
    const secret = input.secret ?? stripe.id('whsec', 32)
    const made = stripe.addEndpoint({ url, secret, enabled_events: input.enabled_events ?? ['*'] })
    return { ...made, secret }
  }
  if (input.url !== undefined) first.endpoint.url = input.url
  if (input.secret !== undefined) first.secret = input.secret
  if (input.enabled_events !== undefined) first.endpoint.enabled_events = input.enabled_events
  return { ...first.endpoint, secret: first.secret }
}

export const stripeRoutes: Route[] = [
  route('POST', '/control/stripe/pay', (context) => translated(() => payByCard(context))),
  route('POST', '/control/stripe/refunds', ({ world, body }) => {
    const input = parse(refund, body)
    return translated(() => createRefund(world.stripe, input))
  }),
  route('POST', '/control/stripe/disputes', ({ world, body }) => {
    const input = parse(dispute, body)
    return translated(() => {
      if ('close' in input) return closeDispute(world.stripe, input.dispute, input.close)
      return openDispute(world.stripe, input)
    })
  }),
  route('POST', '/control/stripe/subscriptions', ({ world, body }) => {
    const { subscription: id, action } = parse(subscription, body)
    return change(world, id, action)
  }),
  route('GET', '/control/stripe/state', ({ world: { stripe } }) => ({
    sessions: [...stripe.sessions.values()],
    customers: [...stripe.customers.values()],
    subscriptions: [...stripe.subscriptions.values()],
    invoices: [...stripe.invoices.values()],
    charges: [...stripe.charges.values()],
    refunds: [...stripe.refunds.values()],
    disputes: [...stripe.disputes.values()],
    endpoints: [...stripe.webhooks.endpoints.values()].map(({ endpoint }) => endpoint),
  })),
  route('GET', '/control/stripe/deliveries', deliveries),
  route('POST', '/control/stripe/deliver', ({ world, body }) => {
    return deliverInOrder(world.stripe, parse(deliver, body))
  }),
  route('POST', '/control/stripe/endpoint', ({ world, body }) => {
    return setEndpoint(world, parse(endpoint, body))
  }),
]
