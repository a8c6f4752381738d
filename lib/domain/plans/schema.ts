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

/** The limit on what Telegram shows of an invoice, and on what a subscription may cost in Stars. */
export const titleMax = 32
export const descriptionMax = 255
export const subscriptionStarsMax = 10_000
export const subscriptionDays = 30
/** Telegram's own limit for any currency, in its smallest unit. */
export const amountMax = 999_999_999_999

/** A plan as an owner writes it down. What else must fit is said by `judgePlan`. */
export const planDraft = z.object({
  code: planCode,
  name: z.string().trim().max(200),
  description: z.string().trim().max(2000),
  features: z.array(z.string().trim().min(1).max(64)).max(50),
  family: z.string().trim().max(64),
  tier: z.int(),
  kind: planKind,
  durationDays: z.int().nullable(),
  goods: z.enum(['digital', 'physical']),
  prices: z
    .array(
      z.object({
        currency: z.string().regex(/^[A-Z]{3}$/),
        amount: z.int().positive().max(amountMax),
      }),
    )
    .max(10),
})
export type PlanDraft = z.infer<typeof planDraft>

export const planFaults = [
  'code_shape',
  'name_length',
  'description_length',
  'feature_twice',
  'family_shape',
  'tier_range',
  'days_range',
  'price_missing',
  'price_twice',
  'currency_unknown',
  'subscription_period',
  'subscription_stars',
  'subscription_card',
  'digital_card',
] as const
export type PlanFault = (typeof planFaults)[number]

export const planNotices = [
  'description_empty',
  'stars_missing',
  'stars_many',
  'card_browser_only',
  'money_unused',
  'money_several',
  'physical_means',
  'paysupport',
  'terms',
] as const
export type PlanNotice = (typeof planNotices)[number]

/** How far a plan is in use now. So many rows are looked at; beyond them a count says "at least". */
export type PlanUse = {
  entitlements: number
  /** Subscriptions that will be charged again. */
  subscriptions: number
  openInvoices: number
  /** Of those, the ones to be paid by a provider's card inside Telegram. */
  openCardInvoices: number
  /** Pages at Stripe that can be paid. */
  openPages: number
  /** Whether there is more access, or more that can be paid, than was looked at. */
  heldIsCut: boolean
  offeredIsCut: boolean
}
/** How many rows are looked at for a plan in the list of all, and for one plan alone. */
export const countMax = { inList: 1000, alone: 10_000 }

/** A plan for those who run the shop. `version` changes with every edit. */
export type AdminPlanDto = PlanDto & { version: string; use: PlanUse }

/** What one edit means for what was sold or offered before. */
export type PlanImpact = {
  code:
    | 'words'
    | 'features_added'
    | 'features_removed'
    | 'ladder_free'
    | 'ladder_sold'
    | 'ladder_offered'
    | 'kind'
    | 'days'
    | 'goods'
    | 'price'
    | 'price_added'
    | 'price_removed'
  verdict: 'fine' | 'warning' | 'refused'
  /** What changed in words of the form, such as a currency or the names of features. */
  what: string
}

/** The form as it is typed. Empty prices: not sold that way. */
export type PlanForm = {
  code: string
  name: string
  description: string
  /** One a line. */
  features: string
  family: string
  tier: string
  kind: PlanKind
  isLifetime: boolean
  days: string
  goods: 'digital' | 'physical'
  stars: string
  money: TypedPrice[]
}
/** A price in money as it is typed; an empty amount is none. */
export type TypedPrice = { currency: string; amount: string }

/** What is typed wrongly, before any rule of selling. */
export type TypingFault = 'stars_typed' | 'money_typed' | 'tier_typed' | 'days_typed' | 'too_long'
