import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { now } from '@/lib/platform/clock'
import { permutations } from '@/lib/testing/permutations'
import { stripeHistories } from '@/lib/testing/stripe-histories'
import { runOrders, signEvent, startStripeForOrders } from '@/lib/testing/stripe-orders'
import type { Simulator } from '@/simulator/server/start'
import { receiveStripeEvent } from './stripe-webhook'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startStripeForOrders()
})
afterAll(() => simulator.close())

async function deliver(event: object): Promise<void> {
  const { body, signature } = signEvent(event, await now())
  const request = new Request('https://plans.test/api/v1/stripe/webhook', {
    method: 'POST',
    headers: { 'stripe-signature': signature },
    body,
  })
  expect((await receiveStripeEvent(request)).status).toBe(200)
}

/** All 720 orders of six events are for `npm run prove -- orders`. */
const wholeUpTo = 5
const sampleSize = 24
const seed = 20_261_123

/** Some orders of six events, the same ones for the same seed. */
function sampled(orders: readonly number[][]): number[][] {
  const rest = [...orders]
  let state = seed
  return Array.from({ length: sampleSize }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1)[0] ?? []
  })
}

const choose = (orders: readonly number[][]) =>
  (orders[0]?.length ?? 0) <= wholeUpTo ? orders : sampled(orders)

/** 1, 2, 6, 24, 120 and the sample. */
const ordersOf = (length: number) =>
  Array.from({ length }, (_, index) => choose(permutations(index + 1)).length).reduce(
    (sum, count) => sum + count,
  )

describe(`events of Stripe in every order up to ${wholeUpTo}, and ${sampleSize} orders of six (seed ${seed})`, () => {
  it.each(stripeHistories.map((history) => [history.about, history] as const))(
    'end alike, told as it happens: %s',
    async (_about, history) => {
      const run = await runOrders({
        ...{ simulator, history, deliver, choose },
        told: 'as_it_happens',
      })
      expect(run.problems).toEqual([])
      expect(run.orders).toBe(ordersOf(history.steps.length))
    },
    120_000,
  )
})
