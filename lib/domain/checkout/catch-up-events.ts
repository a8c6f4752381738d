import type { Actor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { takesCards } from '@/lib/stripe/client'
import { listEvents } from '@/lib/stripe/events'
import { handleEvent } from './handle-event'

/** How far to look back. Stripe tries to deliver an event for three days. */
const backSeconds = { recent: 2 * 3600, all: 4 * 24 * 3600 } as const

/**
 * Looks at Stripe's own list of events for what no delivery brought, and handles it as if it had
 * come. Safe at any time. Throws when Stripe or the database does not answer.
 */
export async function catchUpEvents(
  _actor: Extract<Actor, { kind: 'system' }>,
  scope: keyof typeof backSeconds,
): Promise<{ seen: number; caughtUp: number }> {
  const total = { seen: 0, caughtUp: 0 }
  if (!takesCards()) return total
  for await (const event of listEvents(addSeconds(await now(), -backSeconds[scope]))) {
    total.seen += 1
    const outcome = await handleEvent({ kind: 'stripe' }, event)
    if (outcome === 'handled') total.caughtUp += 1
  }
  if (total.caughtUp > 0) log().warn({ event: 'stripe_caught_up', outcome: 'repaired', ...total })
  return total
}
