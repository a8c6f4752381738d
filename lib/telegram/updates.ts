import { z } from 'zod'
import type { Profile } from '@/lib/kit/actor'
import { stars } from '@/lib/kit/money'
import { fromUnix } from '@/lib/kit/period'

/*
 * Telegram's updates about money, reshaped to our words. Only what we use is checked, so a field
 * that Telegram adds changes nothing. Shapes: https://core.telegram.org/bots/api#successfulpayment
 */

const person = z.object({
  id: z.int().positive(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})

const preCheckoutQuery = z.object({
  id: z.string().min(1),
  from: person,
  currency: z.string(),
  total_amount: z.int(),
  invoice_payload: z.string(),
})

const paymentMessage = z.object({
  date: z.int(),
  from: person.optional(),
  chat: z.looseObject({ id: z.int(), first_name: z.string().default('') }),
  successful_payment: z.object({
    currency: z.string().min(1),
    total_amount: z.int(),
    invoice_payload: z.string(),
    telegram_payment_charge_id: z.string().min(1),
    provider_payment_charge_id: z.string().default(''),
    is_recurring: z.boolean().default(false),
    is_first_recurring: z.boolean().default(false),
    subscription_expiration_date: z.int().optional(),
    order_info: z.record(z.string(), z.unknown()).optional(),
  }),
})

const refundMessage = z.object({
  date: z.int(),
  chat: z.looseObject({ id: z.int().positive() }),
  refunded_payment: z.object({
    currency: z.string().min(1),
    total_amount: z.int(),
    invoice_payload: z.string(),
    telegram_payment_charge_id: z.string().min(1),
    provider_payment_charge_id: z.string().default(''),
  }),
})

const subscriptionUpdate = z.object({
  user: person,
  invoice_payload: z.string(),
  state: z.enum(['active', 'canceled', 'failed']),
})

export function toProfile(from: z.infer<typeof person>): Profile {
  return {
    telegramUserId: from.id,
    firstName: from.first_name,
    lastName: from.last_name ?? null,
    username: from.username ?? null,
    languageCode: from.language_code ?? null,
  }
}

/** A pre-checkout query. Throws a `ZodError` when it does not have the documented shape. */
export function readPreCheckoutQuery(value: unknown) {
  const query = preCheckoutQuery.parse(value)
  return {
    id: query.id,
    payer: toProfile(query.from),
    currency: query.currency,
    amount: query.total_amount,
    payload: query.invoice_payload,
  }
}

/** The charge in a message with `successful_payment`. Throws a `ZodError` on another shape. */
export function readSuccessfulPayment(value: unknown) {
  const message = paymentMessage.parse(value)
  const payment = message.successful_payment
  // The message stands in the private chat with the payer, so the chat names them too.
  const from = message.from ?? person.parse(message.chat)
  const expiry = payment.subscription_expiration_date
  return {
    provider: payment.currency === stars ? ('stars' as const) : ('telegram' as const),
    chargeId: payment.telegram_payment_charge_id,
    providerChargeId: payment.provider_payment_charge_id || null,
    payer: toProfile(from),
    currency: payment.currency,
    amount: payment.total_amount,
    payload: payment.invoice_payload,
    isRecurring: payment.is_recurring || payment.is_first_recurring,
    isFirstRecurring: payment.is_first_recurring,
    subscriptionExpiresAt: expiry ? fromUnix(expiry) : null,
    chargedAt: fromUnix(message.date),
    toldBy: 'update' as const,
    orderInfo: payment.order_info ?? null,
  }
}

/**
 * The refund in a message with `refunded_payment`. It is the bot's own message, so the person is the
 * chat. Throws a `ZodError` on another shape.
 */
export function readRefundedPayment(value: unknown) {
  const message = refundMessage.parse(value)
  const refund = message.refunded_payment
  return {
    provider: refund.currency === stars ? ('stars' as const) : ('telegram' as const),
    chargeId: refund.telegram_payment_charge_id,
    providerChargeId: refund.provider_payment_charge_id || null,
    telegramUserId: message.chat.id,
    currency: refund.currency,
    amount: refund.total_amount,
    payload: refund.invoice_payload,
    refundedAt: fromUnix(message.date),
  }
}

/** What a `subscription` update says. Throws a `ZodError` on another shape. */
export function readSubscription(value: unknown) {
  const update = subscriptionUpdate.parse(value)
  return {
    telegramUserId: update.user.id,
    payload: update.invoice_payload,
    state: update.state,
  }
}
