import { hasAlready } from '@/lib/domain/entitlements/queries'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { expireCheckout } from '@/lib/stripe/checkout'
import { loadOpenCheckouts, setExpired } from './store'

/**
 * Closes pages at Stripe that would sell a person what they have now, so that they do not pay twice
 * by two ways. Safe to call twice. Throws when Stripe does not answer: try again later.
 */
export async function expireCheckouts(
  _actor: Extract<Actor, { kind: 'system' }>,
  telegramUserId: number,
): Promise<number> {
  const at = await now()
  let closed = 0
  for (const one of await loadOpenCheckouts(telegramUserId, at)) {
    if (!(await hasAlready({ kind: 'person', telegramUserId }, one.plan))) continue
    await expireCheckout(one.checkoutId ?? '')
    await setExpired(one.id, at)
    closed += 1
  }
  return closed
}
