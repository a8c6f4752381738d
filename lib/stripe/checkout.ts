import type { Money } from '@/lib/kit/money'
import { toUnix } from '@/lib/kit/period'
import { asking } from './asking'
import { stripe } from './client'

/** What Stripe's page sells, and what comes back with the money. */
export type CheckoutToOpen = {
  invoiceId: string
  payload: string
  telegramUserId: number
  plan: { name: string; description: string; kind: 'one_off' | 'subscription' }
  /** How often a subscription is charged. */
  periodDays: number | null
  price: Money
  /** Stripe's id of the person, when they paid before. */
  customerId: string | null
  expiresAt: Date
  successUrl: string
  cancelUrl: string
}

/**
 * Opens a page at Stripe where this person pays this invoice. The same invoice opens the same page.
 * Refuses: stripe_unavailable.
 */
export async function createCheckout(
  checkout: CheckoutToOpen,
): Promise<{ id: string; url: string }> {
  const metadata = {
    invoice_payload: checkout.payload,
    telegram_user_id: String(checkout.telegramUserId),
  }
  const isSubscription = checkout.plan.kind === 'subscription'
  const session = await asking('checkout.sessions.create', () =>
    stripe().checkout.sessions.create(
      {
        mode: isSubscription ? 'subscription' : 'payment',
        client_reference_id: checkout.invoiceId,
        metadata,
        ...(isSubscription
          ? { subscription_data: { metadata } }
          : { payment_intent_data: { metadata } }),
        ...customerOf(checkout, isSubscription),
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: checkout.price.currency.toLowerCase(),
              unit_amount: checkout.price.amount,
              product_data: {
                name: checkout.plan.name,
                ...(checkout.plan.description ? { description: checkout.plan.description } : {}),
              },
              ...(isSubscription
                ? { recurring: { interval: 'day', interval_count: checkout.periodDays ?? 30 } }
                : {}),
            },
          },
        ],
        expires_at: toUnix(checkout.expiresAt),
        success_url: checkout.successUrl,
        cancel_url: checkout.cancelUrl,
      },
      { idempotencyKey: `checkout:${checkout.invoiceId}` },
    ),
  )
  if (!session.url) throw new Error('Stripe opened a checkout without a page')
  return { id: session.id, url: session.url }
}

/** A subscription always makes a customer; a single payment only when it is told to. */
function customerOf({ customerId }: CheckoutToOpen, isSubscription: boolean) {
  if (customerId) return { customer: customerId }
  return isSubscription ? {} : { customer_creation: 'always' as const }
}

/**
 * Closes a page nobody shall pay on any more. One that was paid or closed stays as it is; says
 * whether it was paid.
 */
export async function expireCheckout(id: string): Promise<'closed' | 'paid'> {
  const session = await stripe().checkout.sessions.retrieve(id)
  if (session.status === 'complete') return 'paid'
  if (session.status === 'open') await stripe().checkout.sessions.expire(id)
  return 'closed'
}

/** Stripe's own page for cards, receipts and subscriptions. Refuses: stripe_unavailable. */
export async function createPortal(customerId: string, returnUrl: string): Promise<string> {
  const session = await asking('billingPortal.sessions.create', () =>
    stripe().billingPortal.sessions.create({ customer: customerId, return_url: returnUrl }),
  )
  return session.url
}
