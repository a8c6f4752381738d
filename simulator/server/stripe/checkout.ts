import type { StripeAccount } from './account'
import { settleInvoice, startSubscription } from './billing'
import { type CardFailure, cardOf, NOT_VERIFIED } from './cards'
import { lineItems } from './catalogue'
import { askBank, charge, createPaymentIntent, refuseByBank } from './charging'
import { createCustomer } from './customers'
import { invalid, missing } from './errors'
import { draftInvoice, finalizeInvoice } from './invoices'
import type { CreateSession } from './params'
import { newSession } from './session'
import type { LineItemJson, PaymentIntentJson, SessionJson } from './shapes'

/** The hosted payment page: made, paid, expired. */

const HALF_HOUR = 1800
const DAY = 86_400
/** About 50 US cents; other currencies only must not be free. */
const MINIMUM: Record<string, number> = { usd: 50, eur: 50, gbp: 30, jpy: 50 }

function checkLines(input: CreateSession, lines: LineItemJson[]): void {
  const [first] = lines
  const recurring = lines.filter(({ price }) => price.recurring !== null)
  if (lines.some(({ currency }) => currency !== first?.currency)) {
    throw invalid('All prices on a Checkout Session must have the same currency.', 'line_items')
  }
  if (input.mode === 'payment' && recurring.length > 0) {
    const text =
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.'
    throw invalid(text, 'mode')
  }
  if (input.mode === 'subscription' && recurring.length !== lines.length) {
    const text =
      'You must provide at least one recurring price in `subscription` mode, and one-time prices are not simulated beside it.'
    throw invalid(text, 'line_items')
  }
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0)
  const least = MINIMUM[first?.currency ?? ''] ?? 1
  if (total < least) {
    const text = `The Checkout Session's total amount due must add up to at least ${least} ${first?.currency}`
    throw invalid(text, undefined, 'amount_too_small')
  }
}

function check(account: StripeAccount, input: CreateSession): void {
  const { mode, customer, customer_email, customer_creation, expires_at } = input
  if (customer !== undefined) account.customer(customer, 'customer')
  if (customer !== undefined && (customer_email ?? customer_creation) !== undefined) {
    const other = customer_email === undefined ? 'customer_creation' : 'customer_email'
    throw invalid(`You may only specify one of these parameters: customer, ${other}.`, other)
  }
  if (mode !== 'payment' && customer_creation !== undefined) {
    throw invalid('`customer_creation` can only be used in `payment` mode.', 'customer_creation')
  }
  if (mode !== 'payment' && input.payment_intent_data !== undefined) {
    const text = 'You can not pass `payment_intent_data` in `subscription` mode.'
    throw invalid(text, 'payment_intent_data')
  }
  if (mode !== 'subscription' && input.subscription_data !== undefined) {
    const text = 'You can not pass `subscription_data` in `payment` mode.'
    throw invalid(text, 'subscription_data')
  }
  const life = expires_at === undefined ? DAY : expires_at - account.now()
  if (life < HALF_HOUR - 60 || life > DAY + 60) {
    const text =
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.'
    throw invalid(text, 'expires_at')
  }
}

export function createCheckout(account: StripeAccount, input: CreateSession): SessionJson {
  check(account, input)
  const lines = lineItems(account, input.line_items)
  checkLines(input, lines)
  const session = newSession(account, input, lines)
  account.sessions.set(session.id, session)
  account.checkouts.set(session.id, {
    lines,
    paymentMetadata: input.payment_intent_data?.metadata ?? {},
    subscriptionMetadata: input.subscription_data?.metadata ?? {},
    description:
      input.payment_intent_data?.description ?? input.subscription_data?.description ?? null,
    expiry: account.clock.at(session.expires_at * 1000, () => expire(account, session)),
    secured: undefined,
  })
  return session
}

function expire(account: StripeAccount, session: SessionJson): void {
  if (session.status !== 'open') return
  session.status = 'expired'
  session.url = null
  account.checkouts.get(session.id)?.expiry.cancel()
  account.emit('checkout.session.expired', session)
}

export function sessionById(account: StripeAccount, id: string): SessionJson {
  const session = account.sessions.get(id)
  if (session === undefined) throw missing('checkout.session', id)
  return session
}

export function expireCheckout(account: StripeAccount, id: string): SessionJson {
  const session = sessionById(account, id)
  if (session.status !== 'open') {
    const text = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`
    throw invalid(text)
  }
  expire(account, session)
  return session
}

export function successUrl(session: SessionJson): string {
  return session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
}

export type Payment = { card: string; email: string; name: string }
export type PaymentOutcome =
  | { status: 'paid'; redirect_url: string }
  | { status: 'verification' }
  | { status: 'declined' | 'failed'; error: CardFailure }

function requireCheckout(account: StripeAccount, session: SessionJson) {
  const checkout = account.checkouts.get(session.id)
  if (checkout === undefined) throw missing('checkout.session', session.id)
  return checkout
}

/** Who pays: the customer named before, or one made now. */
function customerFor(account: StripeAccount, session: SessionJson, by: Payment): string | null {
  if (session.customer !== null) return session.customer
  if (session.mode === 'payment' && session.customer_creation !== 'always') return null
  return createCustomer(account, { email: by.email, name: by.name }).id
}

function intentFor(account: StripeAccount, session: SessionJson): PaymentIntentJson {
  const known = account.paymentIntents.get(session.payment_intent ?? '')
  if (known !== undefined) return known
  const checkout = requireCheckout(account, session)
  const intent = createPaymentIntent(account, {
    amount: session.amount_total,
    currency: session.currency,
    customer: session.customer,
    metadata: { ...checkout.paymentMetadata },
    description: session.mode === 'subscription' ? 'Subscription creation' : checkout.description,
    isForLater: session.mode === 'subscription',
  })
  // In subscription mode the payment intent is the invoice's, not the session's.
  if (session.mode === 'payment') session.payment_intent = intent.id
  return intent
}

/** The Pay button. A declined card leaves the page open for another one. */
export function payCheckout(
  account: StripeAccount,
  session: SessionJson,
  by: Payment,
): PaymentOutcome {
  if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}.`)
  const checkout = requireCheckout(account, session)
  const card = cardOf(by.card)
  if (card.failure?.code === 'incorrect_number') return { status: 'declined', error: card.failure }
  const intent = intentFor(account, session)
  if (card.isSecure) {
    checkout.secured = { card, email: by.email, name: by.name }
    askBank(account, intent)
    pending.set(session, intent)
    return { status: 'verification' }
  }
  if (card.failure !== undefined) {
    charge(account, intent, card, by, card.failure)
    return { status: 'declined', error: card.failure }
  }
  return complete(account, session, intent, by)
}

/** Payment intents of sessions whose buyer is at the bank. */
const pending = new WeakMap<SessionJson, PaymentIntentJson>()

export function verifyCheckout(
  account: StripeAccount,
  session: SessionJson,
  isApproved: boolean,
): PaymentOutcome {
  const checkout = requireCheckout(account, session)
  const { secured } = checkout
  const intent = pending.get(session)
  if (session.status !== 'open') throw invalid(`This Checkout Session is ${session.status}.`)
  if (secured === undefined || intent === undefined) throw invalid('The bank has not been asked.')
  checkout.secured = undefined
  pending.delete(session)
  if (!isApproved) {
    refuseByBank(account, intent)
    return { status: 'failed', error: NOT_VERIFIED }
  }
  const { card, email, name } = secured
  return complete(account, session, intent, { card: card.number, email, name })
}

function complete(
  account: StripeAccount,
  session: SessionJson,
  intent: PaymentIntentJson,
  by: Payment,
): PaymentOutcome {
  const checkout = requireCheckout(account, session)
  const card = cardOf(by.card)
  const customer = customerFor(account, session, by)
  session.customer = customer
  intent.customer = customer
  if (session.mode === 'subscription' && customer !== null) {
    const { lines, subscriptionMetadata: metadata, description } = checkout
    const input = { customer, lines, metadata, description, card }
    const subscription = startSubscription(account, input)
    const [item] = subscription.items.data
    const period = { start: account.now(), end: item?.current_period_end ?? 0 }
    const invoice = draftInvoice(account, subscription, 'subscription_create', period)
    subscription.latest_invoice = invoice.id
    account.emit('customer.subscription.created', subscription)
    finalizeInvoice(account, invoice)
    charge(account, intent, card, by, undefined)
    invoice.attempt_count = 1
    settleInvoice(account, invoice, intent)
    Object.assign(session, { subscription: subscription.id, invoice: invoice.id })
  } else charge(account, intent, card, by, undefined)
  checkout.expiry.cancel()
  Object.assign(session, { status: 'complete', payment_status: 'paid', url: null })
  session.customer_details = {
    address: null,
    business_name: null,
    email: by.email,
    individual_name: null,
    name: by.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  }
  account.emit('checkout.session.completed', session)
  return { status: 'paid', redirect_url: successUrl(session) }
}
