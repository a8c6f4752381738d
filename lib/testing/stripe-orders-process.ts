import { handleEvent } from '@/lib/domain/checkout/handle-event'
import { now } from '@/lib/platform/clock'
import { readEvent } from '@/lib/stripe/events'
import { stripeHistories } from './stripe-histories'
import { type OrdersRun, runOrders, signEvent, startStripeForOrders } from './stripe-orders'

/** What a process of its own is asked to try: one history, by its place. */
export type OrdersAsked = {
  history: number
  told: 'as_it_happens' | 'afterwards'
  /** So many orders of each length at most. */
  most: number | null
}
export type OrdersReply = OrdersRun | { problem: string }

const simulator = await startStripeForOrders()

async function deliver(event: object): Promise<void> {
  const at = await now()
  const { body, signature } = signEvent(event, at)
  const read = readEvent(body, signature, at)
  if (!read) throw new Error('an event was not taken for one of Stripe')
  await handleEvent({ kind: 'stripe' }, read)
}

async function tryOut({ history: place, told, most }: OrdersAsked): Promise<OrdersReply> {
  const history = stripeHistories[place]
  if (!history) throw new Error(`there is no history ${place}`)
  const choose = (orders: readonly number[][]) => (most === null ? orders : orders.slice(0, most))
  return runOrders({ simulator, history, deliver, choose, told })
}

process.on('message', async (asked: OrdersAsked) => {
  const reply = await tryOut(asked).catch((error: unknown) => ({
    problem: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }))
  process.send?.(reply)
})
