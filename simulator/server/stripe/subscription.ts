import type { StripeAccount } from './account'
import type { Card } from './cards'
import { planOf } from './catalogue'
import { cycleEnd } from './periods'
import type { LineItemJson, SubscriptionItemJson, SubscriptionJson } from './shapes'

export type NewSubscription = {
  customer: string
  lines: LineItemJson[]
  metadata: Record<string, string>
  description: string | null
  card: Card
}

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

/** A subscription as it is right after its first payment. */
export function newSubscription(account: StripeAccount, input: NewSubscription): SubscriptionJson {
  const id = account.id('sub')
  const now = account.now()
  const data = input.lines.map((line) => itemFor(account, id, line))
  return {
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
}
