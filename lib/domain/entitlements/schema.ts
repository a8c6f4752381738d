import { z } from 'zod'

export const entitlementStatus = z.enum(['active', 'grace', 'scheduled', 'expired', 'revoked'])
export type EntitlementStatus = z.infer<typeof entitlementStatus>

export const entitlementSource = z.enum(['stars', 'telegram', 'stripe', 'grant'])
export type EntitlementSource = z.infer<typeof entitlementSource>

/** One plan of one person, as REST answers it. Dates are ISO 8601; `expires_at: null` is lifetime. */
export const entitlementDto = z.object({
  plan_code: z.string(),
  features: z.array(z.string()),
  /** May this person? True for `active` and `grace`. */
  active: z.boolean(),
  status: entitlementStatus,
  starts_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
  renews: z.boolean(),
  source: entitlementSource,
})
export type EntitlementDto = z.infer<typeof entitlementDto>

export const entitlementList = z.object({
  user: z.object({ telegram_id: z.int() }),
  entitlements: z.array(entitlementDto),
})
export type EntitlementList = z.infer<typeof entitlementList>
