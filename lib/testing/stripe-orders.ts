import { createHmac } from 'node:crypto'
import { openCheckout } from '@/lib/domain/checkout/open-checkout'
import type { PersonActor } from '@/lib/kit/actor'
import { toUnix } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { type Simulator, startSimulator } from '@/simulator/server/start'
import { endSubscription } from '@/simulator/server/stripe/billing'
import { GOOD_CARD } from '@/simulator/server/stripe/cards'
import { payCheckout, sessionById } from '@/simulator/server/stripe/checkout'
import type { EventJson } from '@/simulator/server/stripe/shapes'
import { makePerson } from './factories'
import { permutations } from './permutations'
import type { Bought, Expected, Step, StripeHistory } from './stripe-histories'
import { photograph, type StripePhoto, show } from './stripe-photo'
import { forget, readStanding } from './stripe-standing'

const planCodes = { one_off: 'order_1m', subscription: 'order_monthly' } as const
const secret = 'whsec_of_the_orders_0123456789'

/**
 * Stripe without deliveries, on which histories happen; our code asks it. Nothing of `env()` must
 * have been used before.
 */
export async function startStripeForOrders(): Promise<Simulator> {
  const { TELEGRAM_BOT_TOKEN: botToken } = env()
  const simulator = await startSimulator({ port: 0, client: false, botToken })
  Object.assign(env(), {
    TELEGRAM_API_ROOT: simulator.url,
    SIMULATED_CLOCK_URL: `${simulator.url}/control/clock`,
    STRIPE_SECRET_KEY: 'sk_test_orders',
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_API_BASE: `${simulator.url}/stripe`,
  })
  for (const [kind, code] of Object.entries(planCodes)) {
    await pool().query(
      `insert into plans (code, name, description, features, family, tier, kind, duration_days)
       values ($1, $1, '', '{}', $1, 1, $2, 30)`,
      [code, kind],
    )
    await pool().query(`insert into plan_prices values ($1, 'EUR', 999)`, [code])
  }
  return simulator
}

/** An event as Stripe sends it at that moment. */
export function signEvent(event: object, at: Date): { body: string; signature: string } {
  const body = JSON.stringify(event)
  const seconds = toUnix(at)
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return { body, signature: `t=${seconds},v1=${digest}` }
}

export type OrdersRun = { orders: number; deliveries: number; problems: string[] }

type Options = {
  simulator: Simulator
  history: StripeHistory
  /** Tells us of an event; rejects when it was not taken. */
  deliver: (event: EventJson) => Promise<void>
  /** Which of all orders of a length. */
  choose: (orders: readonly number[][]) => readonly number[][]
  /** Whether Stripe is asked while a history happens, or only when it is over. */
  told: 'as_it_happens' | 'afterwards'
}

/**
 * Lets a history happen step by step, and after each step delivers what happened so far in the chosen
 * orders, always from nothing. What comes of it must be what the step expects, every time alike.
 */
export async function runOrders(options: Options): Promise<OrdersRun> {
  const { stripe } = options.simulator.world
  const buyer = makePerson()
  const run: OrdersRun = { orders: 0, deliveries: 0, problems: [] }
  const events: EventJson[] = []
  const photos: StripePhoto[] = []
  let bought: Bought | undefined
  for (const step of options.history.steps) {
    bought ??= await buys(buyer, options)
    await step.happens?.(bought)
    events.push(newestThatTells(step, [...stripe.events.values()], events))
    const { original, copy } = photograph(stripe)
    photos.push(copy)
    await tryOrders(options, { buyer, events, photos, expects: step.expects }, run)
    show(stripe, original)
  }
  const running = stripe.subscriptions.get(bought?.subscription ?? '')
  // Or it would go on telling while the next history happens.
  if (running && running.status !== 'canceled') {
    endSubscription(stripe, running, 'cancellation_requested')
  }
  return run
}

/** Several events tell of one moment, so that a step need not make anything happen. */
function newestThatTells(
  { tells, where }: Step,
  all: readonly EventJson[],
  taken: readonly EventJson[],
): EventJson {
  const found = all.findLast(
    (event) =>
      event.type === tells && !taken.includes(event) && (where?.({ ...event.data.object }) ?? true),
  )
  if (!found) throw new Error(`nothing told of ${tells}`)
  return found
}

type Story = {
  buyer: PersonActor
  events: readonly EventJson[]
  /** How Stripe stood after each event. */
  photos: readonly StripePhoto[]
  expects: Expected
}

async function tryOrders(options: Options, story: Story, run: OrdersRun): Promise<void> {
  const { buyer, events, expects } = story
  let first: string | undefined
  for (const order of options.choose(permutations(events.length))) {
    await forget(buyer, events)
    await deliverIn(order, options, story)
    run.deliveries += order.length
    run.orders += 1
    const { stands, everything } = await readStanding(buyer, events[0]?.created ?? 0)
    first ??= everything
    const names = order.map((place) => `${place + 1}:${events[place]?.type}`).join(' ')
    for (const [is, wanted] of [
      [JSON.stringify(stands), JSON.stringify({ ...stands, ...expects })],
      [everything, first],
    ])
      if (is !== wanted) run.problems.push(`${names} gave ${is} and not ${wanted}`)
  }
}

/** An event can be told the moment it happened, or later. */
async function deliverIn(order: readonly number[], options: Options, story: Story): Promise<void> {
  const { events, photos } = story
  let happened = options.told === 'afterwards' ? events.length - 1 : 0
  for (const place of order) {
    happened = Math.max(happened, place)
    const [event, photo] = [events[place], photos[happened]]
    if (!event || !photo) throw new Error('an order has one place for each event')
    show(options.simulator.world.stripe, photo)
    await options.deliver(event)
  }
}

async function buys(buyer: PersonActor, { simulator, history }: Options): Promise<Bought> {
  const { stripe } = simulator.world
  const invoice = await openCheckout(buyer, { plan_code: planCodes[history.planKind] })
  const page = [...stripe.sessions.values()].find(
    (one) => one.client_reference_id === invoice.invoice_id,
  )
  const session = sessionById(stripe, page?.id ?? '')
  payCheckout(stripe, session, { card: GOOD_CARD, email: 'ann@example.com', name: 'Ann' })
  return {
    world: simulator.world,
    customer: session.customer ?? '',
    intent: session.payment_intent ?? '',
    subscription: typeof session.subscription === 'string' ? session.subscription : '',
  }
}
