import { z } from 'zod'
import { planKind } from '@/lib/domain/plans/schema'

/** Everything a receipt says about one charge. Amount in the smallest unit. */
export const receiptDto = z.object({
  id: z.uuid(),
  provider: z.enum(['stars', 'telegram', 'stripe']),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['completed', 'refunded', 'review']),
  charged_at: z.iso.datetime(),
  refunded_at: z.iso.datetime().nullable(),
  /** The provider's id of the charge with its middle left out: enough to find it, not to use it. */
  charge: z.string(),
  /** Null when the charge named no plan we know. */
  plan: z.object({ name: z.string(), kind: planKind, days: z.int().nullable() }).nullable(),
})
export type ReceiptDto = z.infer<typeof receiptDto>
