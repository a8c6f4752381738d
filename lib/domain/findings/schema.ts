import { z } from 'zod'

/** What we could not explain or repair by ourselves. Every kind has a sentence in lib/messages. */
export const findingKind = z.enum([
  /** Telegram will not refund because the bot has too few Stars. */
  'refund_balance_low',
  /** Telegram refused a refund for another reason. */
  'refund_refused',
  /** A part of a card payment was sent back; access goes on as paid. */
  'partial_refund',
  /** Sales in Telegram's list whose payload is not ours: an earlier shop of the same bot. */
  'foreign_sales',
  /** A charge or refund that Telegram lists with other terms than our ledger. */
  'terms_differ',
  /** A charge in our ledger that Telegram's list does not have. */
  'charge_not_listed',
  /** A refund in our ledger that Telegram's list does not have. */
  'refund_not_listed',
  /** A row of Telegram's list that could not be read or repaired; it is tried again every time. */
  'repair_failed',
  /** Several comparisons in a row did not get to their end. */
  'comparison_failing',
  /** Telegram does not know the subscription that should have ended. */
  'renewal_not_stopped',
  /** An event of Stripe whose shape we do not know. */
  'stripe_event_unread',
  /** Telegram cannot deliver to us, or not all of it. */
  'webhook_failing',
  /** Jobs that nobody does, or that nobody tries any more. */
  'jobs_stuck',
  /** Daily sums were not what the ledger says; they were counted anew. */
  'figures_differ',
])
export type FindingKind = z.infer<typeof findingKind>

/**
 * Seen again with every comparison. One that a person settled stays settled until it says something
 * else; every other matter that comes back is news.
 */
export const standingFindings: ReadonlySet<FindingKind> = new Set([
  'foreign_sales',
  'terms_differ',
  'charge_not_listed',
  'refund_not_listed',
  'jobs_stuck',
])

export const findingDetails = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
)
export type FindingDetails = z.infer<typeof findingDetails>

/** One matter for an admin. Dates are ISO 8601. */
export const findingDto = z.object({
  id: z.uuid(),
  kind: findingKind,
  /** What it is about, such as a payment's id; with the kind it names the matter. */
  subject: z.string(),
  details: findingDetails,
  /** How many things it sums up. */
  count: z.int(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
  resolved_at: z.iso.datetime().nullable(),
})
export type FindingDto = z.infer<typeof findingDto>
