import type Stripe from 'stripe'
import { z } from 'zod'
import { fromUnix } from '@/lib/kit/period'
import { env } from '@/lib/platform/env'
import { stripe } from './client'

/** What an event means for us, in our words. Amounts in the smallest unit. */
export type StripeNews =
  /** A one-off plan was paid. */
  | ({ kind: 'paid' } & Paid)
  /** A period of a subscription was paid. */
  | ({ kind: 'period_paid'; subscriptionId: string; isFirst: boolean; endsAt: Date } & Paid)
  /** Money of a payment may have come back to the buyer: ask how it stands. */
  | { kind: 'returned'; paymentIntentId: string }
  /** A subscription changed: ask how it stands. */
  | { kind: 'subscription'; subscriptionId: string }
  /** Nothing of ours. */
  | { kind: 'ignored' }

type Paid = {
  /** The payment intent of a one-off, the invoice of a period. */
  chargeId: string
  payload: string
  telegramUserId: number
  amount: number
  currency: string
  chargedAt: Date
  customerId: string | null
}

/** The events we ask Stripe for. */
export const stripeEventTypes = [
  'payment_intent.succeeded',
  'invoice.paid',
  'invoice.payment_failed',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
  'charge.dispute.funds_reinstated',
  'customer.subscription.updated',
  'customer.subscription.deleted',
] as const

/** How old a signature may be, in seconds. */
const toleranceSeconds = 300

/**
 * The event in a webhook's body. Null when Stripe did not sign it with one of our secrets, or too
 * long ago.
 */
export function readEvent(body: string, signature: string, now: Date): Stripe.Event | null {
  const secret = env().STRIPE_WEBHOOK_SECRET
  if (!secret) return null
  try {
    return stripe().webhooks.constructEvent(
      body,
      signature,
      secret,
      toleranceSeconds,
      undefined,
      now.getTime(),
    )
  } catch {
    // Nothing here asks anybody: whatever is wrong is wrong with the text or its signature.
    return null
  }
}

/** Events of the last seconds, oldest first, whether or not they were delivered. */
export async function* listEvents(since: Date): AsyncGenerator<Stripe.Event> {
  const events: Stripe.Event[] = []
  const query = {
    types: [...stripeEventTypes],
    created: { gte: Math.floor(since.getTime() / 1000) },
    limit: 100,
  }
  for await (const event of stripe().events.list(query)) events.push(event)
  yield* events.reverse()
}

const ours = z.object({
  invoice_payload: z.string().min(1),
  telegram_user_id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
})

/** What an event means. Throws a `ZodError` when one of ours does not have the expected shape. */
export function newsOf(event: Stripe.Event): StripeNews {
  switch (event.type) {
    case 'payment_intent.succeeded':
      return paymentNews(event.data.object, fromUnix(event.created))
    case 'invoice.paid':
      return periodNews(event.data.object, fromUnix(event.created))
    case 'invoice.payment_failed':
      return subscriptionNews(event.data.object.parent?.subscription_details?.subscription)
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
      return subscriptionNews(event.data.object.id)
    case 'charge.refunded':
      return returnedNews(event.data.object.payment_intent)
    case 'charge.dispute.created':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_reinstated':
      return returnedNews(event.data.object.payment_intent)
    default:
      return { kind: 'ignored' }
  }
}

function paymentNews(intent: Stripe.PaymentIntent, at: Date): StripeNews {
  // Periods of subscriptions have no payload here: their invoice tells of them.
  if (!intent.metadata.invoice_payload) return { kind: 'ignored' }
  const metadata = ours.parse(intent.metadata)
  return {
    kind: 'paid',
    chargeId: intent.id,
    payload: metadata.invoice_payload,
    telegramUserId: metadata.telegram_user_id,
    amount: intent.amount_received,
    currency: intent.currency.toUpperCase(),
    chargedAt: at,
    customerId: idOf(intent.customer),
  }
}

function periodNews(invoice: Stripe.Invoice, at: Date): StripeNews {
  const details = invoice.parent?.subscription_details
  if (!details?.metadata?.invoice_payload) return { kind: 'ignored' }
  const metadata = ours.parse(details.metadata)
  const ends = invoice.lines.data.map((line) => line.period.end)
  return {
    kind: 'period_paid',
    chargeId: z.string().parse(invoice.id),
    subscriptionId: z.string().parse(idOf(details.subscription)),
    isFirst: invoice.billing_reason === 'subscription_create',
    endsAt: fromUnix(Math.max(...ends)),
    payload: metadata.invoice_payload,
    telegramUserId: metadata.telegram_user_id,
    amount: invoice.amount_paid,
    currency: invoice.currency.toUpperCase(),
    chargedAt: invoice.status_transitions.paid_at
      ? fromUnix(invoice.status_transitions.paid_at)
      : at,
    customerId: idOf(invoice.customer),
  }
}

function subscriptionNews(subscription: string | { id: string } | null | undefined): StripeNews {
  const subscriptionId = idOf(subscription)
  return subscriptionId ? { kind: 'subscription', subscriptionId } : { kind: 'ignored' }
}

function returnedNews(intent: string | { id: string } | null): StripeNews {
  const paymentIntentId = idOf(intent)
  return paymentIntentId ? { kind: 'returned', paymentIntentId } : { kind: 'ignored' }
}

function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}
