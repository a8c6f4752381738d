import type { StripeAccount } from './account'
import { type Card, type CardFailure, NOT_VERIFIED } from './cards'
import type { BalanceTransactionJson, ChargeJson, PaymentIntentJson } from './shapes'

/** A payment intent, and the attempts to charge a card for it. */

export type Payer = { email: string | null; name: string | null }

export function createPaymentIntent(
  account: StripeAccount,
  input: {
    amount: number
    currency: string
    customer: string | null
    metadata: Record<string, string>
    description: string | null
    isForLater: boolean
  },
): PaymentIntentJson {
  const id = account.id('pi')
  const intent: PaymentIntentJson = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: input.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: account.secretFor(id),
    confirmation_method: 'automatic',
    created: account.now(),
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    description: input.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: cardOptions },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: input.isForLater ? 'off_session' : null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
  account.paymentIntents.set(id, intent)
  account.emit('payment_intent.created', intent)
  return intent
}

const cardOptions = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: 'automatic',
  setup_future_usage: 'none',
} as const

/** Nothing has moved yet: the bank wants to hear from the card's owner. */
export function askBank(account: StripeAccount, intent: PaymentIntentJson): void {
  intent.status = 'requires_action'
  intent.next_action = { type: 'use_stripe_sdk' }
  account.emit('payment_intent.requires_action', intent)
}

export function refuseByBank(account: StripeAccount, intent: PaymentIntentJson): void {
  intent.status = 'requires_payment_method'
  intent.next_action = null
  intent.last_payment_error = { type: 'card_error', ...NOT_VERIFIED }
  account.emit('payment_intent.payment_failed', intent)
}

function outcomeOf(failure: CardFailure | undefined): NonNullable<ChargeJson['outcome']> {
  return {
    advice_code: failure ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: failure ? 'declined_by_network' : 'approved_by_network',
    reason: failure ? (failure.decline_code ?? failure.code) : null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: failure ? 'The bank did not say why.' : 'Payment complete.',
    type: failure ? 'issuer_declined' : 'authorized',
  }
}

function cardDetails(card: Card, amount: number): ChargeJson['payment_method_details'] {
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      electronic_commerce_indicator: null,
      exp_month: 12,
      exp_year: 2040,
      funding: 'credit',
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

/** Moves the account's balance; nothing is kept back for fees. */
export function book(
  account: StripeAccount,
  entry: Pick<BalanceTransactionJson, 'amount' | 'currency' | 'source' | 'type'>,
): BalanceTransactionJson {
  const now = account.now()
  const transaction: BalanceTransactionJson = {
    id: account.id('txn'),
    object: 'balance_transaction',
    available_on: now + 2 * 86_400,
    balance_type: 'payments',
    created: now,
    description: null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: entry.amount,
    reporting_category: entry.type === 'adjustment' ? 'dispute' : entry.type,
    status: 'pending',
    ...entry,
  }
  account.recordBalance(transaction)
  return transaction
}

function chargeFor(
  account: StripeAccount,
  intent: PaymentIntentJson,
  card: Card,
  payer: Payer,
  failure: CardFailure | undefined,
): ChargeJson {
  const { id: payment_intent, amount, currency, customer, description, metadata } = intent
  const isPaid = failure === undefined
  const id = account.id('ch')
  return {
    id,
    object: 'charge',
    amount,
    amount_captured: isPaid ? amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: isPaid
      ? book(account, { amount, currency, source: id, type: 'charge' }).id
      : null,
    billing_details: { address: null, ...payer, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SIMULATOR',
    captured: isPaid,
    created: account.now(),
    currency,
    customer,
    description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...metadata },
    on_behalf_of: null,
    outcome: outcomeOf(failure),
    paid: isPaid,
    payment_intent,
    payment_method: intent.payment_method as string,
    payment_method_details: cardDetails(card, amount),
    radar_options: {},
    receipt_email: null,
    receipt_number: null,
    receipt_url: isPaid ? `${account.world.url}/stripe/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: isPaid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  }
}

/** One attempt; the outcome is the charge's and the intent's status. */
export function charge(
  account: StripeAccount,
  intent: PaymentIntentJson,
  card: Card,
  payer: Payer,
  failure: CardFailure | undefined,
): ChargeJson {
  intent.payment_method = account.id('pm')
  intent.next_action = null
  const made = chargeFor(account, intent, card, payer, failure)
  account.charges.set(made.id, made)
  intent.latest_charge = made.id
  if (failure === undefined) {
    Object.assign(intent, { status: 'succeeded', amount_received: intent.amount })
    intent.last_payment_error = null
    account.emit('charge.succeeded', made)
    account.emit('payment_intent.succeeded', intent)
  } else {
    intent.status = 'requires_payment_method'
    intent.last_payment_error = { type: 'card_error', charge: made.id, ...failure }
    account.emit('charge.failed', made)
    account.emit('payment_intent.payment_failed', intent)
  }
  return made
}
