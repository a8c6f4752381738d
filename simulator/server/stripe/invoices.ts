import type { StripeAccount } from './account'
import type { InvoiceJson, InvoiceLineJson, SubscriptionItemJson, SubscriptionJson } from './shapes'

type Period = { start: number; end: number }

function lineFor(
  account: StripeAccount,
  invoice: string,
  subscription: SubscriptionJson,
  item: SubscriptionItemJson,
  period: Period,
): InvoiceLineJson {
  const { price, quantity } = item
  const amount = price.unit_amount * quantity
  return {
    id: account.id('il'),
    object: 'line_item',
    amount,
    currency: price.currency,
    description: `${quantity} × ${account.products.get(price.product)?.name ?? 'Subscription'}`,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: { ...subscription.metadata },
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  }
}

/** A draft; `billed` is what the lines cover, which begins when the cycle before it ends. */
export function draftInvoice(
  account: StripeAccount,
  subscription: SubscriptionJson,
  reason: 'subscription_create' | 'subscription_cycle',
  billed: Period,
): InvoiceJson {
  const id = account.id('in')
  const now = account.now()
  const customer = account.customers.get(subscription.customer)
  const data = subscription.items.data.map((item) => {
    return lineFor(account, id, subscription, item, billed)
  })
  const total = data.reduce((sum, line) => sum + line.amount, 0)
  const invoice: InvoiceJson = {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Simulator',
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: reason === 'subscription_cycle' ? now + 3600 : null,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: subscription.customer,
    customer_account: null,
    customer_address: null,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: {
        metadata: { ...subscription.metadata },
        subscription: subscription.id,
      },
      type: 'subscription_details',
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: now,
    period_start: reason === 'subscription_create' ? now : subscription.start_date,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  }
  account.invoices.set(id, invoice)
  account.emit('invoice.created', invoice)
  return invoice
}

export function finalizeInvoice(account: StripeAccount, invoice: InvoiceJson): void {
  const now = account.now()
  invoice.status = 'open'
  invoice.number = account.nextNumber()
  invoice.effective_at = now
  invoice.ending_balance = 0
  invoice.automatically_finalizes_at = null
  invoice.status_transitions.finalized_at = now
  invoice.hosted_invoice_url = `${account.world.url}/stripe/invoices/${invoice.id}`
  account.emit('invoice.finalized', invoice)
}

/** Nothing is owed any more; what was to pay it is called off. */
export function voidInvoice(account: StripeAccount, invoice: InvoiceJson): void {
  const now = account.now()
  stopCollecting(invoice)
  invoice.status = 'void'
  invoice.status_transitions.voided_at = now
  for (const payment of account.invoicePayments.values()) {
    if (payment.invoice !== invoice.id || payment.status !== 'open') continue
    payment.status = 'canceled'
    payment.status_transitions.canceled_at = now
    const intent = account.paymentIntents.get(String(payment.payment.payment_intent))
    if (intent === undefined) continue
    const reason = { canceled_at: now, cancellation_reason: 'void_invoice' }
    Object.assign(intent, { status: 'canceled', ...reason })
    account.emit('payment_intent.canceled', intent)
  }
  account.emit('invoice.voided', invoice)
}

/** Nothing happens to it by itself any more; by hand it can still be paid. */
export function stopCollecting(invoice: InvoiceJson): void {
  invoice.auto_advance = false
  invoice.next_payment_attempt = null
  invoice.automatically_finalizes_at = null
}

export function subscriptionOf(invoice: InvoiceJson): string {
  return String(invoice.parent?.subscription_details?.subscription)
}
