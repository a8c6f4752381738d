import { declinesRenewal } from '@/simulator/server/faults'
import type { StripeAccount } from './account'
import { type CardFailure, DECLINED } from './cards'
import { charge, createPaymentIntent, type Payer } from './charging'
import { draftInvoice, finalizeInvoice, stopCollecting, subscriptionOf } from './invoices'
import { cycleEnd } from './periods'
import type { InvoiceJson, InvoicePaymentJson, PaymentIntentJson, SubscriptionJson } from './shapes'
import { type NewSubscription, newSubscription } from './subscription'

/** Subscriptions renew by themselves as the clock goes. */

const HOUR = 3600
const DAY = 86_400
/** After a declined charge; then the subscription ends. */
const RETRY_DAYS = [1, 3, 5, 7]

type EndReason = 'cancellation_requested' | 'payment_failed'

export function startSubscription(
  account: StripeAccount,
  input: NewSubscription,
): SubscriptionJson {
  const { card } = input
  const subscription = newSubscription(account, input)
  account.subscriptions.set(subscription.id, subscription)
  account.running.set(subscription.id, { card, failing: card.failsLater, cycles: 1 })
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
    if (!invoice.auto_advance) return
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
  for (const invoice of account.invoices.values()) {
    const isOpen = invoice.status === 'open' || invoice.status === 'draft'
    if (isOpen && subscriptionOf(invoice) === subscription.id) stopCollecting(invoice)
  }
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
