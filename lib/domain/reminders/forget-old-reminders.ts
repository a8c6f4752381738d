import type { Actor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { deleteReminders } from './store'

const keptDays = 365
const batchSize = 1000

/** Forgets reminders of more than a year ago, in batches. Safe to call twice. */
export async function forgetOldReminders(
  _actor: Extract<Actor, { kind: 'system' }>,
): Promise<number> {
  const before = addDays(await now(), -keptDays)
  let forgotten = 0
  for (;;) {
    const count = await deleteReminders(before, batchSize)
    forgotten += count
    if (count < batchSize) return forgotten
  }
}
