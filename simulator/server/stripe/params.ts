import { z } from 'zod'

/** What the endpoints take. Values arrive as text; what is not simulated is taken and left alone. */

export const int = z
  .string()
  .regex(/^-?\d+$/, 'must be an integer')
  .transform(Number)
export const bool = z.enum(['true', 'false']).transform((text) => text === 'true')
const ignored = z.unknown().optional()
const text = z.string()
const address = z
  .string()
  .max(5000)
  .refine((value) => URL.canParse(value) && /^https?:/.test(value), 'Not a valid URL')
export const metadata = z.union([
  z.literal('').transform((): Record<string, string> => ({})),
  z
    .record(
      z.string().max(40, 'Metadata keys have up to 40 characters'),
      z.string().max(500, 'Metadata values can have up to 500 characters'),
    )
    .refine((value) => Object.keys(value).length <= 50, 'Metadata can have up to 50 keys'),
])
const expand = z.array(text).optional()
const base = { expand }
const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, 'Invalid currency')
  .transform((value) => value.toLowerCase())

const recurring = z.strictObject({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: int.pipe(z.int().min(1).max(1095)).optional(),
})
const priceData = z.strictObject({
  currency,
  unit_amount: int.pipe(z.int().min(0).max(99_999_999)),
  product: text.optional(),
  product_data: z
    .strictObject({
      name: z.string().min(1).max(250),
      description: text.optional(),
      images: z.array(text).max(8).optional(),
      metadata: metadata.optional(),
      tax_code: ignored,
      unit_label: ignored,
    })
    .optional(),
  recurring: recurring.optional(),
  tax_behavior: ignored,
})
const lineItem = z.strictObject({
  price: text.optional(),
  price_data: priceData.optional(),
  quantity: int.pipe(z.int().min(1)),
  adjustable_quantity: ignored,
  tax_rates: ignored,
  metadata: metadata.optional(),
})

export const createSession = z.strictObject({
  ...base,
  mode: z.enum(['payment', 'subscription']),
  line_items: z.array(lineItem).min(1).max(100),
  success_url: address,
  cancel_url: address.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer: text.optional(),
  customer_email: z.email('Invalid email address').optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  expires_at: int.optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      receipt_email: text.optional(),
      setup_future_usage: ignored,
      statement_descriptor: ignored,
      statement_descriptor_suffix: ignored,
    })
    .optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      billing_mode: ignored,
      proration_behavior: ignored,
    })
    .optional(),
  ui_mode: z.literal('hosted_page').optional(),
  locale: text.optional(),
  submit_type: text.optional(),
  payment_method_types: z.array(z.literal('card')).optional(),
  allowed_payment_method_types: ignored,
  adaptive_pricing: ignored,
  allow_promotion_codes: ignored,
  automatic_tax: ignored,
  billing_address_collection: ignored,
  branding_settings: ignored,
  consent_collection: ignored,
  currency: ignored,
  custom_text: ignored,
  customer_update: ignored,
  integration_identifier: ignored,
  invoice_creation: ignored,
  managed_payments: ignored,
  name_collection: ignored,
  origin_context: ignored,
  payment_method_collection: ignored,
  payment_method_options: ignored,
  phone_number_collection: ignored,
  saved_payment_method_options: ignored,
  tax_id_collection: ignored,
  wallet_options: ignored,
})
export type CreateSession = z.output<typeof createSession>
export type LineItemInput = z.output<typeof lineItem>

export const onlyExpand = z.strictObject(base)
export const updateMetadata = z.strictObject({ ...base, metadata: metadata.optional() })
export const updateInvoice = z.strictObject({
  ...base,
  auto_advance: bool.optional(),
  metadata: metadata.optional(),
})
export const customer = z.strictObject({
  ...base,
  email: text.optional(),
  name: text.optional(),
  phone: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  preferred_locales: z.array(text).optional(),
})
export const updateSubscription = z.strictObject({
  ...base,
  cancel_at_period_end: bool.optional(),
  metadata: metadata.optional(),
  description: text.optional(),
  proration_behavior: ignored,
  cancellation_details: z
    .strictObject({ comment: text.optional(), feedback: text.optional() })
    .optional(),
})
export const cancelSubscription = z.strictObject({
  ...base,
  invoice_now: bool.optional(),
  prorate: bool.optional(),
  cancellation_details: z
    .strictObject({ comment: text.optional(), feedback: text.optional() })
    .optional(),
})
export const createRefund = z.strictObject({
  ...base,
  charge: text.optional(),
  payment_intent: text.optional(),
  amount: int.pipe(z.int().min(1)).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
})
export const createPortal = z.strictObject({
  ...base,
  customer: text,
  return_url: address.optional(),
  configuration: text.optional(),
  flow_data: ignored,
  locale: ignored,
})
export const createEndpoint = z.strictObject({
  ...base,
  url: address,
  enabled_events: z.array(text).min(1),
  description: text.optional(),
  metadata: metadata.optional(),
  api_version: text.optional(),
})
export const updateEndpoint = createEndpoint
  .partial()
  .omit({ api_version: true })
  .extend({ disabled: bool.optional() })

const range = z.union([
  int.transform((at) => ({ gte: at, lte: at })),
  z.strictObject({
    gt: int.optional(),
    gte: int.optional(),
    lt: int.optional(),
    lte: int.optional(),
  }),
])
export const list = {
  ...base,
  limit: int.pipe(z.int().min(1).max(100)).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: range.optional(),
}
export const optionalText = text.optional()
export const textList = z.array(text).optional()
