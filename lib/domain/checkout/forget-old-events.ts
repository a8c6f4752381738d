import type { Actor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { deleteEvents } from './store-events'

const keptDays = 90
const batchSize = 1000

/**
 * Deletes Stripe's events after 90 days, in batches. Also those in review: Stripe itself does not
 * have them any more, and what a person must look at is a finding. Safe to call twice.
 */
export async function forgetOldEvents(_actor: Extract<Actor, { kind: 'system' }>): Promise<number> {
  const before = addDays(await now(), -keptDays)
  let forgotten = 0
  for (;;) {
    const count = await deleteEvents(before, batchSize)
    forgotten += count
    if (count < batchSize) break
  }
  if (forgotten > 0) log().info({ event: 'stripe_events_forgotten', count: forgotten })
  return forgotten
}
