import type { Actor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { deleteUpdates } from './store-retention'

const keptDays = 90
const batchSize = 1000

/**
 * Deletes raw updates after 90 days, in batches. What a person still has to look at stays. Safe to
 * call twice.
 */
export async function forgetOldUpdates(
  _actor: Extract<Actor, { kind: 'system' }>,
): Promise<number> {
  const before = addDays(await now(), -keptDays)
  let forgotten = 0
  for (const state of ['handled', 'stored', 'dismissed'] as const) {
    for (;;) {
      const count = await deleteUpdates(state, before, batchSize)
      forgotten += count
      if (count < batchSize) break
    }
  }
  if (forgotten > 0) log().info({ event: 'updates_forgotten', count: forgotten })
  return forgotten
}
