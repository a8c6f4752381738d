import { z } from 'zod'

/** One charge of one person, as their account page shows it. Amounts in the smallest unit. */
export const paymentDto = z.object({
  id: z.uuid(),
  /** Null when the charge named no plan we know. */
  plan_code: z.string().nullable(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['completed', 'refunded', 'review']),
  charged_at: z.iso.datetime(),
})
export type PaymentDto = z.infer<typeof paymentDto>

export const paymentList = z.object({ payments: z.array(paymentDto) })
export type PaymentList = z.infer<typeof paymentList>

/** Why a pre-checkout query is refused. The buyer reads a sentence (lib/messages). */
export const refusedReason = z.enum([
  'malformed_payload',
  'unknown_invoice',
  'plan_mismatch',
  'wrong_user',
  'currency_mismatch',
  'amount_mismatch',
  'plan_unavailable',
  'price_changed',
  'already_paid',
  'already_entitled',
  'invoice_expired',
  'banned',
])
export type RefusedReason = z.infer<typeof refusedReason>

/** Why a charge waits for a person to look at it. */
export const reviewReason = z.enum([
  'unknown_payload',
  'wrong_payer',
  'wrong_currency',
  'wrong_amount',
  'adds_nothing',
])
export type ReviewReason = z.infer<typeof reviewReason>

/** A charge that waits for a person. Amounts in the smallest unit. */
export const reviewDto = z.object({
  id: z.uuid(),
  telegram_id: z.int(),
  name: z.string(),
  username: z.string().nullable(),
  plan_code: z.string().nullable(),
  amount: z.int(),
  currency: z.string(),
  reason: reviewReason,
  charged_at: z.iso.datetime(),
})
export type ReviewDto = z.infer<typeof reviewDto>

/** A `pre_checkout_query` object as another service may ask about it. */
export const validateInput = z.object({
  id: z.string().min(1),
  from: z.object({ id: z.int().positive() }),
  currency: z.string(),
  total_amount: z.int(),
  invoice_payload: z.string(),
})

export const validateAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), reason: refusedReason, message: z.string() }),
])
export type ValidateAnswer = z.infer<typeof validateAnswer>
