import Stripe from 'stripe'
import { Refusal } from '@/lib/kit/errors'
import { describeError, log } from '@/lib/platform/log'

/** Makes a call for somebody who waits. Refuses: stripe_unavailable, whatever Stripe said. */
export async function asking<T>(call: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    log().error({ event: 'stripe_refused', outcome: 'failed', call, ...describeError(error) })
    throw new Refusal('stripe_unavailable', 'Stripe did not do it. Try again in a moment.')
  }
}
