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
])
export type FindingKind = z.infer<typeof findingKind>

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
