import Stripe from 'stripe'
import { Refusal } from '@/lib/kit/errors'
import { asking } from './asking'
import { stripe } from './client'

/** How a subscription stands at Stripe. `unknown` when Stripe has none of this id. */
export type StripeSubscriptionState = 'active' | 'canceled' | 'failed' | 'unknown'

/**
 * Stops the renewal at the end of the paid period, or goes on. While a renewal is not paid, stopping
 * ends the subscription at once. Refuses: stripe_unavailable, conflict (it ended and cannot go on).
 */
export async function setRenewal(id: string, renews: boolean): Promise<void> {
  if (!renews) return asking('subscriptions.cancel', () => stop(id))
  const { status } = await asking('subscriptions.retrieve', () =>
    stripe().subscriptions.retrieve(id),
  )
  if (isOver(status)) throw new Refusal('conflict', 'This subscription has ended at Stripe.')
  await asking('subscriptions.update', () =>
    stripe().subscriptions.update(id, { cancel_at_period_end: false }),
  )
}

/** The same for nobody who waits: an unknown one counts as stopped. Throws when it is not known. */
export async function stopRenewal(id: string): Promise<void> {
  try {
    await stop(id)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/**
 * Nothing is charged after this. At the end of its period would be too late for one whose renewal is
 * not paid: Stripe goes on trying the card for the period that has begun. Safe to call twice.
 */
async function stop(id: string): Promise<void> {
  const { status, cancel_at_period_end: ends } = await stripe().subscriptions.retrieve(id)
  const unpaid = await listUnpaid(id)
  const isFailing = status === 'past_due' || status === 'unpaid' || status === 'incomplete'
  if (!isOver(status)) {
    if (isFailing || unpaid.length > 0) await endNow(id)
    else if (!ends) await stripe().subscriptions.update(id, { cancel_at_period_end: true })
  }
  for (const invoice of unpaid) await withdraw(invoice)
}

async function endNow(id: string): Promise<void> {
  try {
    await stripe().subscriptions.cancel(id)
  } catch (error) {
    // Stripe says so of one that ended meanwhile.
    if (!isGone(error)) throw error
  }
}

type Unpaid = { id: string; isDraft: boolean }

/** Invoices that Stripe would still charge, or that somebody could still pay. */
async function listUnpaid(subscription: string): Promise<Unpaid[]> {
  const { data } = await stripe().invoices.list({ subscription, limit: 100 })
  return data.flatMap(({ id, status }) =>
    id && (status === 'draft' || status === 'open') ? [{ id, isDraft: status === 'draft' }] : [],
  )
}

/** Stripe keeps drafts of subscriptions, but does nothing with one that does not advance. */
async function withdraw({ id, isDraft }: Unpaid): Promise<void> {
  try {
    if (isDraft) await stripe().invoices.update(id, { auto_advance: false })
    else await stripe().invoices.voidInvoice(id)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    // Paid or withdrawn by somebody else meanwhile; the money tells of itself.
    const { status } = await stripe().invoices.retrieve(id)
    if (status === 'draft' || status === 'open') throw error
  }
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
    if (isGone(error)) return { state: 'unknown', payload: null, customerId: null }
    throw error
  }
}

const isGone = (error: unknown) =>
  error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'

const isOver = (status: Stripe.Subscription.Status) =>
  status === 'canceled' || status === 'incomplete_expired'

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
