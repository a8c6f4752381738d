import type Stripe from 'stripe'

/**
 * Stripe's objects as they travel, by the official package's own types: references are ids, and
 * decimals are text.
 */
type Replace<T, R> = Omit<T, keyof R> & R
export type List<T> = { object: 'list'; data: T[]; has_more: boolean; url: string }

export type CustomerJson = Replace<Stripe.Customer, { deleted?: undefined }>
export type ProductJson = Replace<Stripe.Product, { deleted?: undefined }>
export type PriceJson = Replace<
  Stripe.Price,
  { product: string; unit_amount: number; unit_amount_decimal: string; deleted?: undefined }
>
export type PlanJson = Replace<Stripe.Plan, { amount_decimal: string; deleted?: undefined }>
export type LineItemJson = Replace<Stripe.LineItem, { price: PriceJson; quantity: number }>
export type SessionJson = Replace<
  Stripe.Checkout.Session,
  {
    amount_total: number
    currency: string
    currency_conversion: null
    customer: string | null
    invoice: string | null
    payment_intent: string | null
    subscription: string | null
    success_url: string
    url: string | null
    line_items?: undefined
    shipping_cost: null
    shipping_options: []
    discounts: []
  }
>
export type SubscriptionItemJson = Replace<
  Stripe.SubscriptionItem,
  { price: PriceJson; plan: PlanJson; quantity: number; discounts: []; deleted?: undefined }
>
export type SubscriptionJson = Replace<
  Stripe.Subscription,
  {
    customer: string
    items: List<SubscriptionItemJson>
    latest_invoice: string | null
    pending_update: null
    discounts: []
  }
>
export type InvoiceLineJson = Replace<
  Stripe.InvoiceLineItem,
  {
    quantity: number
    quantity_decimal: string
    pricing: Replace<Stripe.InvoiceLineItem.Pricing, { unit_amount_decimal: string }>
    discounts: []
  }
>
export type InvoiceJson = Replace<
  Stripe.Invoice,
  { customer: string; lines: List<InvoiceLineJson>; deleted?: undefined; payments?: undefined }
>
export type InvoicePaymentJson = Stripe.InvoicePayment
export type PaymentIntentJson = Replace<
  Stripe.PaymentIntent,
  { customer: string | null; latest_charge: string | null; last_payment_error: object | null }
>
export type ChargeJson = Replace<
  Stripe.Charge,
  { customer: string | null; payment_intent: string; refunds?: undefined; level3?: undefined }
>
export type RefundJson = Replace<Stripe.Refund, { charge: string; payment_intent: string }>
export type DisputeJson = Replace<Stripe.Dispute, { charge: string; payment_intent: string }>
export type BalanceTransactionJson = Replace<Stripe.BalanceTransaction, { source: string }>
export type PortalSessionJson = Stripe.BillingPortal.Session
export type EndpointJson = Replace<Stripe.WebhookEndpoint, { deleted?: undefined }>
export type EventJson = {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: object; previous_attributes?: object }
  livemode: boolean
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: Stripe.Event.Type
}

/** The version whose shapes these are: the one the installed package asks for. */
export const API_VERSION = '2026-10-28.endive'
