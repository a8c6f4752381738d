import { z } from 'zod'
import type { Money } from '@/lib/kit/money'

/** Plan codes never change: they stand in payloads of invoices that may be renewed for years. */
export const planCode = z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, 'not a plan code')

export const paymentMethod = z.enum(['stars', 'telegram'])
export type PaymentMethod = z.infer<typeof paymentMethod>

/** Every method: those inside Telegram, and a card in the browser. */
export type SaleMethod = PaymentMethod | 'stripe'

export const planKind = z.enum(['one_off', 'subscription'])
export type PlanKind = z.infer<typeof planKind>

/** A plan as pages show it. Prices are in the currency's smallest unit; Stars (XTR) as they are. */
export const planDto = z.object({
  code: planCode,
  name: z.string(),
  description: z.string(),
  features: z.array(z.string()),
  family: z.string(),
  /** Within a family a higher tier includes the lower. */
  tier: z.int(),
  kind: planKind,
  /** Null: lifetime. */
  durationDays: z.int().nullable(),
  goods: z.enum(['digital', 'physical']),
  onSale: z.boolean(),
  prices: z.array(z.object({ currency: z.string(), amount: z.int() })),
})
export type PlanDto = z.infer<typeof planDto>

/** A way to pay for a plan inside Telegram, and what it costs that way. */
export type Way = { method: PaymentMethod; price: Money }

/** A plan with the ways to buy it now, the usual one first; none when it is not for sale. */
export type OfferDto = PlanDto & { ways: Way[] }
