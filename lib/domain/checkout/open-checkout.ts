import { hasAlready } from '@/lib/domain/entitlements/queries'
import { countInvoice, openInvoice } from '@/lib/domain/invoices/open-invoice'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { createCheckout, createPortal } from '@/lib/stripe/checkout'
import { expireCheckouts } from './expire-checkouts'
import type { CheckoutDto, OpenCheckoutInput } from './schema'
import { loadCustomer, setCheckout } from './store'

/**
 * Makes an invoice that is paid by card on a page at Stripe, and that page. Every call makes one.
 * Refuses: rate_limited, unknown_plan, already_entitled, stripe_unavailable.
 */
export async function openCheckout(
  actor: PersonActor,
  input: OpenCheckoutInput,
): Promise<CheckoutDto> {
  const invoice = await openInvoice(actor, { plan_code: input.plan_code, method: 'stripe' })
  const page = `${env().APP_URL}/pay/${invoice.id}`

  const checkout = await createCheckout({
    invoiceId: invoice.id,
    payload: invoice.payload,
    telegramUserId: actor.telegramUserId,
    plan: invoice.plan,
    periodDays: invoice.plan.durationDays,
    price: invoice.price,
    customerId: await loadCustomer(actor.telegramUserId),
    expiresAt: invoice.expiresAt,
    successUrl: page,
    cancelUrl: `${env().APP_URL}/plans/${invoice.plan.code}`,
  }).catch((error: unknown) => {
    countInvoice(invoice.plan.code, 'stripe_unavailable')
    throw error
  })

  await setCheckout(invoice.id, checkout.id, checkout.url)
  // A charge that came while Stripe was asked did not see this page, so it is looked at once more.
  if (await hasAlready(actor, invoice.plan)) {
    await expireCheckouts({ kind: 'system' }, actor.telegramUserId)
    countInvoice(invoice.plan.code, 'already_entitled')
    throw new Refusal('already_entitled', 'You have this plan or a higher one already.')
  }
  countInvoice(invoice.plan.code, 'created')
  log().info({
    event: 'checkout_opened',
    outcome: 'created',
    invoiceId: invoice.id,
    telegramUserId: actor.telegramUserId,
    plan: invoice.plan.code,
  })
  return {
    invoice_id: invoice.id,
    checkout_url: checkout.url,
    plan_code: invoice.plan.code,
    currency: invoice.price.currency,
    amount: invoice.price.amount,
    expires_at: invoice.expiresAt.toISOString(),
  }
}

/**
 * Stripe's own page for this person's cards, receipts and subscriptions. Refuses: not_found (they
 * never paid by card), stripe_unavailable.
 */
export async function openPortal(actor: PersonActor): Promise<string> {
  const customerId = await loadCustomer(actor.telegramUserId)
  if (!customerId) throw new Refusal('not_found', 'You never paid by card here.')
  return createPortal(customerId, `${env().APP_URL}/account`)
}
