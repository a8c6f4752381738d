import { z } from 'zod'

/*
 * What the database says before a decision, parsed from the JSON that one query answers. JSON keeps
 * our amounts and ids exact: both stay far below 2^53.
 */

const date = z.coerce.date()

const held = z.object({
  id: z.string(),
  planCode: z.string(),
  family: z.string(),
  tier: z.number(),
  startsAt: date,
  expiresAt: date.nullable(),
  renews: z.boolean(),
  revokedAt: date.nullable(),
})

const plan = z.object({
  code: z.string(),
  family: z.string(),
  tier: z.number(),
  kind: z.enum(['one_off', 'subscription']),
  durationDays: z.number().nullable(),
  onSale: z.boolean(),
  /** Today's price in the currency that is asked about; null when it is not sold in it. */
  price: z.number().nullable(),
})

const invoice = z.object({
  id: z.string(),
  telegramUserId: z.number(),
  planCode: z.string(),
  currency: z.string(),
  amount: z.number(),
  days: z.number().nullable(),
  payload: z.string(),
  status: z.enum(['open', 'paid', 'review']),
  expiresAt: date,
})

const charge = z.object({
  chargeId: z.string(),
  chargedAt: date,
  planCode: z.string(),
  tier: z.number(),
  kind: z.enum(['one_off', 'subscription']),
  days: z.number().nullable(),
  subscriptionExpiresAt: date.nullable(),
  source: z.enum(['stars', 'telegram', 'stripe', 'grant']),
  payload: z.string(),
  renews: z.boolean(),
})
export type FactsCharge = z.infer<typeof charge>
export const factsCharges = z.array(charge)

/** What is known of the subscription that a charge belongs to. */
const subscription = z.object({
  state: z.enum(['active', 'canceled', 'failed']),
  stateUpdateId: z.number(),
  isStopped: z.boolean(),
  firstChargeId: z.string().nullable(),
  /** Whether its state is so old that whatever comes now was sent later, whatever its id. */
  isOutlived: z.boolean(),
})
export type SubscriptionFacts = z.infer<typeof subscription>

/** For a pre-checkout query. */
export const questionFacts = z.object({
  isBanned: z.boolean(),
  invoice: invoice.nullable(),
  /** The subscription of the same payer and payload, once it was paid. */
  subscription: z.object({ endsAt: date, renews: z.boolean() }).nullable(),
  plan: plan.nullable(),
  entitlements: z.array(held),
})
export type QuestionFacts = z.infer<typeof questionFacts>

/** A charge that stands in the ledger already. */
const known = z.object({
  id: z.string(),
  status: z.enum(['completed', 'refunded', 'review']),
  toldBy: z.enum(['update', 'list', 'refund', 'stripe']),
  /** Whether it was told by this very update, as a repeated delivery is. */
  isSameUpdate: z.boolean(),
  providerChargeId: z.string().nullable(),
  isRecurring: z.boolean(),
  isFirstRecurring: z.boolean(),
  subscriptionExpiresAt: date.nullable(),
  chargedAt: date,
})
export type KnownCharge = z.infer<typeof known>

const chargeFactsRow = z.object({
  known: known.nullable(),
  payer: z.object({ id: z.string(), version: z.number() }).nullable(),
  invoice: invoice.nullable(),
  plan: plan.nullable(),
  /** The payer's unrefunded charges in the plan's family, and what was given by hand. */
  charges: factsCharges,
  grants: factsCharges,
  /** Of the same payer and payload. */
  subscription: subscription.nullable(),
  /** The payer's entitlement rows in the plan's family. */
  entitlements: z.array(held),
  /** Whether an earlier charge of the same payer and payload is in review because it added nothing. */
  addedNothing: z.boolean(),
  /** Whether the payer may be about to pay on a page at Stripe. */
  hasOpenCheckout: z.boolean(),
  /** The newest uncharged pre-checkout row of the same payload and payer. */
  questionId: z.string().nullable(),
})

/** For a charge. */
export const chargeFacts = chargeFactsRow.transform(({ grants, ...facts }) => ({
  ...facts,
  charges: [...facts.charges, ...grants],
}))
export type ChargeFacts = z.infer<typeof chargeFacts>
