import type { Actor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { clearOrderInfo } from './store-retention'

const keptDays = 30
const batchSize = 1000

/** Forgets names and addresses of buyers 30 days after their payment, in batches. Safe to call twice. */
export async function forgetOrderInfo(_actor: Extract<Actor, { kind: 'system' }>): Promise<number> {
  const before = addDays(await now(), -keptDays)
  let forgotten = 0
  for (;;) {
    const count = await clearOrderInfo(before, batchSize)
    forgotten += count
    if (count < batchSize) break
  }
  if (forgotten > 0) log().info({ event: 'order_info_forgotten', count: forgotten })
  return forgotten
}
