import Stripe from 'stripe'
import { stripe } from './client'

/** The invoice a payment was made for, when it renews or begins a subscription. */
export async function findInvoiceOf(paymentIntentId: string): Promise<string | null> {
  const { data } = await stripe().invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: paymentIntentId },
    limit: 1,
  })
  const invoice = data[0]?.invoice
  return typeof invoice === 'string' ? invoice : (invoice?.id ?? null)
}

/** The payment that paid an invoice; null for one that cost nothing. */
export async function findPaymentOf(invoiceId: string): Promise<string | null> {
  const { data } = await stripe().invoicePayments.list({ invoice: invoiceId, limit: 10 })
  const paid = data.find((one) => one.status === 'paid') ?? data[0]
  const intent = paid?.payment.payment_intent
  return typeof intent === 'string' ? intent : (intent?.id ?? null)
}

/**
 * Whether the money of a payment came back to the buyer, by refund or dispute, as it stands now.
 * `partly` when some of it was refunded.
 */
export async function readReturned(paymentIntentId: string): Promise<'no' | 'partly' | 'all'> {
  const { data } = await stripe().charges.list({ payment_intent: paymentIntentId, limit: 100 })
  const charge = data.find((one) => one.paid)
  if (!charge) return 'no'
  if (charge.refunded) return 'all'
  if (charge.disputed && !(await isWon(paymentIntentId))) return 'all'
  return charge.amount_refunded > 0 ? 'partly' : 'no'
}

/** A dispute that was won, or that was only a warning, took nothing; of none nothing is known. */
async function isWon(paymentIntentId: string): Promise<boolean> {
  const { data } = await stripe().disputes.list({ payment_intent: paymentIntentId, limit: 100 })
  const harmless = ['won', 'warning_needs_response', 'warning_under_review', 'warning_closed']
  return data.length > 0 && data.every((one) => harmless.includes(one.status))
}

/** What Stripe said to a refund. */
export type StripeRefundAnswer = { kind: 'refunded' } | { kind: 'refused'; problem: string }

/** Sends a payment back, all of it. Safe to call twice. Throws when the outcome is unknown. */
export async function refundPayment(paymentIntentId: string): Promise<StripeRefundAnswer> {
  try {
    await stripe().refunds.create({ payment_intent: paymentIntentId })
    return { kind: 'refunded' }
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    if (error.code === 'charge_already_refunded') return { kind: 'refunded' }
    return { kind: 'refused', problem: error.code ?? 'refused' }
  }
}
