import Stripe from 'stripe'
import { asking } from './asking'
import { stripe } from './client'

/** How a subscription stands at Stripe. `unknown` when Stripe has none of this id. */
export type StripeSubscriptionState = 'active' | 'canceled' | 'failed' | 'unknown'

/** Stops the renewal at the end of the paid period, or goes on. Refuses: stripe_unavailable. */
export async function setRenewal(id: string, renews: boolean): Promise<void> {
  await asking('subscriptions.update', () =>
    stripe().subscriptions.update(id, { cancel_at_period_end: !renews }),
  )
}

/** The same for nobody who waits: an ended one counts as stopped. Throws when it is not known. */
export async function stopRenewal(id: string): Promise<void> {
  const { state } = await readSubscription(id)
  if (state === 'canceled' || state === 'unknown') return
  await stripe().subscriptions.update(id, { cancel_at_period_end: true })
}

/** The truth about a subscription now, whatever order its events came in. */
export async function readSubscription(
  id: string,
): Promise<{ state: StripeSubscriptionState; payload: string | null; customerId: string | null }> {
  try {
    const subscription = await stripe().subscriptions.retrieve(id)
    return {
      state: stateOf(subscription),
      payload: subscription.metadata.invoice_payload ?? null,
      customerId: idOf(subscription.customer),
    }
  } catch (error) {
    const isGone = error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'
    if (isGone) return { state: 'unknown', payload: null, customerId: null }
    throw error
  }
}

function stateOf({
  status,
  cancel_at_period_end: ends,
}: Stripe.Subscription): 'active' | 'canceled' | 'failed' {
  if (ends) return 'canceled'
  if (status === 'active' || status === 'trialing') return 'active'
  return status === 'past_due' || status === 'unpaid' ? 'failed' : 'canceled'
}

function idOf(value: string | { id: string } | null): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}
