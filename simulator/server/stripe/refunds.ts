import type { z } from 'zod'
import type { StripeAccount } from './account'
import { book } from './charging'
import { invalid, missing } from './errors'
import type * as schemas from './params'
import type { BalanceTransactionJson, ChargeJson, DisputeJson, RefundJson } from './shapes'

type Target = { charge?: string | undefined; payment_intent?: string | undefined }
type RefundInput = Omit<z.output<typeof schemas.createRefund>, 'expand'>

export function chargeOf(account: StripeAccount, target: Target): ChargeJson {
  if (target.charge !== undefined) {
    const charge = account.charges.get(target.charge)
    if (charge === undefined) throw missing('charge', target.charge, 'charge', 400)
    return charge
  }
  const name = target.payment_intent
  if (name === undefined) {
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    )
  }
  const intent = account.paymentIntents.get(name)
  if (intent === undefined) throw missing('payment_intent', name, 'payment_intent', 400)
  const charge = account.charges.get(intent.latest_charge ?? '')
  if (charge === undefined || !charge.paid) {
    throw invalid(`This PaymentIntent (${name}) does not have a successful charge to refund.`)
  }
  return charge
}

export function createRefund(account: StripeAccount, input: RefundInput): RefundJson {
  const charge = chargeOf(account, input)
  const left = charge.amount_captured - charge.amount_refunded
  const amount = input.amount ?? left
  if (charge.disputed) {
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    )
  }
  if (left === 0) {
    throw invalid(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    )
  }
  if (amount > left) {
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    )
  }
  const id = account.id('re')
  const { currency, customer, payment_intent } = charge
  const refund: RefundJson = {
    id,
    object: 'refund',
    amount,
    balance_transaction: book(account, { amount: -amount, currency, source: id, type: 'refund' })
      .id,
    charge: charge.id,
    created: account.now(),
    currency,
    customer,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: input.metadata ?? {},
    payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
  account.refunds.set(id, refund)
  const previous = { amount_refunded: charge.amount_refunded, refunded: charge.refunded }
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount_captured
  account.emit('refund.created', refund)
  account.emit('charge.refunded', charge, previous)
  return refund
}

function evidence(): DisputeJson['evidence'] {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: null,
    customer_name: null,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  }
}

/** The card's owner went to the bank. */
export function openDispute(
  account: StripeAccount,
  input: Target & { reason: string; amount?: number | undefined },
): DisputeJson {
  const charge = chargeOf(account, input)
  if (!charge.paid || charge.disputed) throw invalid(`Charge ${charge.id} cannot be disputed.`)
  const amount = input.amount ?? charge.amount - charge.amount_refunded
  const id = account.id('du')
  const { currency, payment_intent } = charge
  const due = account.now() + 9 * 86_400
  const dispute: DisputeJson = {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: account.now(),
    currency,
    enhanced_eligibility_types: [],
    evidence: evidence(),
    evidence_details: {
      due_by: due,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    network_reason_code: '10',
    payment_intent,
    reason: input.reason,
    status: 'needs_response',
  }
  charge.disputed = true
  account.disputes.set(id, dispute)
  account.emit('charge.dispute.created', dispute)
  withdraw(account, dispute, -amount)
  account.emit('charge.dispute.funds_withdrawn', dispute)
  return dispute
}

function withdraw(account: StripeAccount, dispute: DisputeJson, amount: number): void {
  const { currency, id: source } = dispute
  const entry: BalanceTransactionJson = book(account, {
    amount,
    currency,
    source,
    type: 'adjustment',
  })
  // The same object but for its source, which is an id here.
  dispute.balance_transactions.push(entry)
}

export function closeDispute(
  account: StripeAccount,
  id: string,
  outcome: 'won' | 'lost',
): DisputeJson {
  const dispute = account.disputes.get(id)
  if (dispute === undefined) throw missing('dispute', id)
  if (dispute.status !== 'needs_response') throw invalid(`Dispute ${id} is closed already.`)
  dispute.status = outcome
  if (outcome === 'won') withdraw(account, dispute, dispute.amount)
  account.emit('charge.dispute.closed', dispute)
  if (outcome === 'won') account.emit('charge.dispute.funds_reinstated', dispute)
  return dispute
}
