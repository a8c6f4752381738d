import type Stripe from 'stripe'
import { z } from 'zod'

/**
 * Members of Stripe's objects that say what happened to which money. Everything else may say who
 * paid, from which address and with which card, so a member that Stripe adds later is left out too.
 */
const kept: ReadonlySet<string> = new Set([
  ...['id', 'object', 'type', 'created', 'api_version', 'livemode', 'data', 'previous_attributes'],
  ...['status', 'status_transitions', 'paid_at', 'finalized_at', 'voided_at', 'reason', 'currency'],
  ...['amount', 'amount_due', 'amount_paid', 'amount_received', 'amount_refunded'],
  ...[
    'paid',
    'captured',
    'refunded',
    'disputed',
    'failure_code',
    'attempt_count',
    'billing_reason',
  ],
  ...['charge', 'customer', 'invoice', 'payment_intent', 'subscription', 'latest_charge'],
  ...['latest_invoice', 'next_payment_attempt', 'parent', 'subscription_details'],
  ...['cancel_at', 'cancel_at_period_end', 'canceled_at', 'ended_at'],
  ...['items', 'lines', 'period', 'start', 'end', 'current_period_start', 'current_period_end'],
  // Ours, in the metadata.
  ...['metadata', 'invoice_payload', 'telegram_user_id'],
])

type Json = z.core.util.JSONType
const json = z.json()

/** An event without names, e-mail, address and card: what may be kept to put mistakes right. */
export function withoutPerson(event: Stripe.Event): Json {
  return pick(json.parse(JSON.parse(JSON.stringify(event))))
}

function pick(value: Json): Json {
  if (Array.isArray(value)) return value.map(pick)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => kept.has(name))
      .map(([name, member]) => [name, pick(member)]),
  )
}
