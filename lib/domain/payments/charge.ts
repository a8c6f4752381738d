import type { Profile } from '@/lib/kit/actor'

/** Money that arrived, in our words. Amounts are in the currency's smallest unit. */
export type Charge = {
  provider: 'stars' | 'telegram' | 'stripe'
  /** An update says exactly what happened; Telegram's list leaves dates and flags to be guessed. */
  toldBy: 'update' | 'list' | 'stripe'
  /** Telegram's charge id: opaque, long, the key of idempotency. */
  chargeId: string
  /** The provider's own id; may be empty for Stars. */
  providerChargeId: string | null
  payer: Profile
  currency: string
  amount: number
  payload: string
  isRecurring: boolean
  isFirstRecurring: boolean
  subscriptionExpiresAt: Date | null
  chargedAt: Date
  /** What the buyer filled in for a real-world service; kept for a while only. */
  orderInfo?: Record<string, unknown> | null
  /** What the provider knows the subscription by, where it is not the first charge. */
  subscriptionId?: string
}

/** A pre-checkout query: Telegram asks whether this person may pay this now. */
export type Question = {
  id: string
  payer: Profile
  currency: string
  amount: number
  payload: string
}

/** The update a change came from, kept as Telegram sent it. */
export type RawUpdate = { updateId: number; kind: string; body: unknown }

export type ChargeKind = 'one_off' | 'first' | 'renewal'

export function chargeKind(charge: Pick<Charge, 'isRecurring' | 'isFirstRecurring'>): ChargeKind {
  if (charge.isFirstRecurring) return 'first'
  return charge.isRecurring ? 'renewal' : 'one_off'
}
