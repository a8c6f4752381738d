import { addDays, addSeconds } from '@/lib/kit/period'
import type { EntitlementStatus } from './schema'

/** The part of an entitlement that time acts on. `expiresAt: null` is lifetime. */
export type Held = {
  startsAt: Date
  expiresAt: Date | null
  renews: boolean
  revokedAt: Date | null
}

/** How an entitlement stands at a moment. */
export function statusAt(held: Held, now: Date, graceHours: number): EntitlementStatus {
  if (held.revokedAt) return 'revoked'
  if (held.startsAt > now) return 'scheduled'
  if (held.expiresAt === null || held.expiresAt > now) return 'active'
  const graceEnds = addSeconds(held.expiresAt, graceHours * 3600)
  return held.renews && graceEnds > now ? 'grace' : 'expired'
}

/** May this person? */
export function isActive(status: EntitlementStatus): boolean {
  return status === 'active' || status === 'grace'
}

/**
 * Whether a plan of this family and tier would be bought for nothing: the same or a higher tier is
 * active and renews by itself, or ends later than the renewal window.
 */
export function isAlreadyEntitled(
  held: readonly (Held & { family: string; tier: number })[],
  plan: { family: string; tier: number },
  at: { now: Date; graceHours: number; renewalWindowDays: number },
): boolean {
  const windowEnds = addDays(at.now, at.renewalWindowDays)
  return held.some(
    (one) =>
      one.family === plan.family &&
      one.tier >= plan.tier &&
      isActive(statusAt(one, at.now, at.graceHours)) &&
      (one.renews || one.expiresAt === null || one.expiresAt > windowEnds),
  )
}
