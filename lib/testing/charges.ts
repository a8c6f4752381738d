import { randomBytes } from 'node:crypto'
import type { Charge } from '@/lib/domain/payments/charge'
import { makeProfile } from './factories'

/** A Stars charge of 500, as Telegram tells it. */
export function makeCharge(overrides: Partial<Charge> = {}): Charge {
  return {
    provider: 'stars',
    toldBy: 'update',
    chargeId: `stx${randomBytes(66).toString('hex')}`,
    providerChargeId: null,
    payer: makeProfile(),
    currency: 'XTR',
    amount: 500,
    payload: 'unknown',
    isRecurring: false,
    isFirstRecurring: false,
    subscriptionExpiresAt: null,
    chargedAt: new Date(Math.floor(Date.now() / 1000) * 1000),
    ...overrides,
  }
}
