import { declinesRenewal } from '@/simulator/server/faults'
import type { StripeAccount } from './account'
import { type Card, type CardFailure, DECLINED } from './cards'
import { planOf } from './catalogue'
import { charge, createPaymentIntent, type Payer } from './charging'
import { draftInvoice, finalizeInvoice, subscriptionOf } from './invoices'
import { cycleEnd } from './periods'
import type {
  InvoiceJson,
  InvoicePaymentJson,
  LineItemJson,
  PaymentIntentJson,
  SubscriptionItemJson,
  SubscriptionJson,
} from './shapes'

/** Subscriptions renew by themselves as the clock goes. */

const HOUR = 3600
const DAY = 86_400
/** After a declined charge; then the subscription ends. */
const RETRY_DAYS = [1, 3, 5, 7]

type EndReason = 'cancellation_requested' | 'payment_failed'

function itemFor(
  account: StripeAccount,
  subscription: string,
  line: LineItemJson,
): SubscriptionItemJson {
  const now = account.now()
  return {
    id: account.id('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: cycleEnd(now, 1, line.price.recurring),
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(line.price),
    price: line.price,
    quantity: line.quantity,
    subscription,
    tax_rates: [],
  }
}

export function startSubscription(
  account: StripeAccount,
  input: {
    customer: string
    lines: LineItemJson[]
    metadata: Record<string, string>
    description: string | null
    card: Card
  },
): SubscriptionJson {
  const id = account.id('sub')
  const now = account.now()
  const data = input.lines.map((line) => itemFor(account, id, line))
  const subscription: SubscriptionJson = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    currency: input.lines[0]?.currency ?? 'usd',
    customer: input.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: account.id('pm'),
    default_source: null,
    default_tax_rates: [],
    description: input.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: {
      object: 'list',
      data,
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
    },
    trial_start: null,
  }
  account.subscriptions.set(id, subscription)
  account.running.set(id, { card: input.card, failing: input.card.failsLater, cycles: 1 })
  scheduleCycle(account, subscription)
  return subscription
}

export function periodOf({ items }: SubscriptionJson): { start: number; end: number } {
  const [item] = items.data
  return { start: item?.current_period_start ?? 0, end: item?.current_period_end ?? 0 }
}

function scheduleCycle(account: StripeAccount, subscription: SubscriptionJson): void {
  const { end } = periodOf(subscription)
  account.clock.at(end * 1000, () => {
    if (subscription.status === 'canceled' || periodOf(subscription).end !== end) return
    if (subscription.cancel_at_period_end) {
      endSubscription(account, subscription, 'cancellation_requested')
    } else beginCycle(account, subscription)
  })
}

/** The new period begins; an hour later its invoice is final and the card is charged. */
function beginCycle(account: StripeAccount, subscription: SubscriptionJson): void {
  const record = account.running.get(subscription.id)
  if (record === undefined) return
  record.cycles += 1
  const previous = structuredClone({ items: subscription.items })
  for (const item of subscription.items.data) {
    item.current_period_start = item.current_period_end
    const anchor = subscription.billing_cycle_anchor
    item.current_period_end = cycleEnd(anchor, record.cycles, item.price.recurring)
  }
  const period = periodOf(subscription)
  const invoice = draftInvoice(account, subscription, 'subscription_cycle', period)
  subscription.latest_invoice = invoice.id
  account.emit('customer.subscription.updated', subscription, previous)
  scheduleCycle(account, subscription)
  account.clock.after(HOUR * 1000, () => {
    if (subscription.status === 'canceled') {
      invoice.auto_advance = false
      return
    }
    finalizeInvoice(account, invoice)
    chargeInvoice(account, invoice)
  })
}

function setStatus(
  account: StripeAccount,
  subscription: SubscriptionJson,
  status: 'active' | 'past_due',
): void {
  if (subscription.status === status || subscription.status === 'canceled') return
  const previous = { status: subscription.status }
  subscription.status = status
  account.emit('customer.subscription.updated', subscription, previous)
}

function recordPayment(
  account: StripeAccount,
  invoice: InvoiceJson,
  intent: PaymentIntentJson,
): InvoicePaymentJson {
  const known = [...account.invoicePayments.values()].find((entry) => entry.invoice === invoice.id)
  const payment: InvoicePaymentJson = known ?? {
    id: account.id('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: account.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
  account.invoicePayments.set(payment.id, payment)
  return payment
}

/** Books what was charged: by the first payment of a checkout, or by a renewal. */
export function settleInvoice(
  account: StripeAccount,
  invoice: InvoiceJson,
  intent: PaymentIntentJson,
): void {
  const now = account.now()
  const payment = recordPayment(account, invoice, intent)
  Object.assign(payment, { amount_paid: invoice.amount_due, status: 'paid' })
  payment.status_transitions.paid_at = now
  Object.assign(invoice, {
    status: 'paid',
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
  })
  invoice.status_transitions.paid_at = now
  account.emit('invoice.paid', invoice)
  account.emit('invoice.payment_succeeded', invoice)
  account.emit('invoice_payment.paid', payment)
}

function intentFor(account: StripeAccount, invoice: InvoiceJson): PaymentIntentJson {
  const known = [...account.invoicePayments.values()].find((entry) => entry.invoice === invoice.id)
  const intent = account.paymentIntents.get(String(known?.payment.payment_intent))
  if (intent !== undefined) return intent
  const made = createPaymentIntent(account, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    metadata: {},
    description: 'Subscription update',
    isForLater: true,
  })
  recordPayment(account, invoice, made)
  return made
}

function failureOf(account: StripeAccount, subscription: string): CardFailure | undefined {
  const record = account.running.get(subscription)
  const isDeclined = record?.failing === true || declinesRenewal(account.world.faults)
  return isDeclined ? DECLINED : undefined
}

/** One attempt to charge what a renewal costs. */
export function chargeInvoice(account: StripeAccount, invoice: InvoiceJson): void {
  const subscription = account.subscriptions.get(subscriptionOf(invoice))
  const record = account.running.get(subscriptionOf(invoice))
  if (subscription === undefined || record === undefined || invoice.status !== 'open') return
  const intent = intentFor(account, invoice)
  const payer: Payer = { email: invoice.customer_email, name: invoice.customer_name }
  invoice.attempt_count += 1
  invoice.attempted = true
  const failure = failureOf(account, subscription.id)
  charge(account, intent, record.card, payer, failure)
  if (failure === undefined) {
    settleInvoice(account, invoice, intent)
    setStatus(account, subscription, 'active')
  } else declined(account, subscription, invoice)
}

function declined(
  account: StripeAccount,
  subscription: SubscriptionJson,
  invoice: InvoiceJson,
): void {
  const days = RETRY_DAYS[invoice.attempt_count - 1]
  const next = days === undefined ? null : account.now() + days * DAY
  invoice.next_payment_attempt = next
  if (next === null) invoice.auto_advance = false
  account.emit('invoice.payment_failed', invoice)
  if (next === null) {
    endSubscription(account, subscription, 'payment_failed')
    return
  }
  setStatus(account, subscription, 'past_due')
  account.clock.at(next * 1000, () => {
    if (invoice.next_payment_attempt === next && subscription.status !== 'canceled') {
      chargeInvoice(account, invoice)
    }
  })
}

export function endSubscription(
  account: StripeAccount,
  subscription: SubscriptionJson,
  reason: EndReason,
): void {
  const now = account.now()
  subscription.status = 'canceled'
  subscription.ended_at = now
  subscription.canceled_at ??= now
  if (subscription.cancellation_details) subscription.cancellation_details.reason = reason
  account.emit('customer.subscription.deleted', subscription)
}

/** Cancel at the end of what is paid, or take that back. */
export function setCancelAtPeriodEnd(
  account: StripeAccount,
  subscription: SubscriptionJson,
  isCanceled: boolean,
): void {
  if (subscription.cancel_at_period_end === isCanceled) return
  const { cancel_at, cancel_at_period_end, canceled_at } = subscription
  const previous = structuredClone({
    cancel_at,
    cancel_at_period_end,
    canceled_at,
    cancellation_details: subscription.cancellation_details,
  })
  subscription.cancel_at_period_end = isCanceled
  subscription.cancel_at = isCanceled ? periodOf(subscription).end : null
  subscription.canceled_at = isCanceled ? account.now() : null
  if (subscription.cancellation_details) {
    subscription.cancellation_details.reason = isCanceled ? 'cancellation_requested' : null
  }
  account.emit('customer.subscription.updated', subscription, previous)
}
