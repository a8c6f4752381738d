import type { Actor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { type Cursor, loadPage, setBody, type UpdateState } from './store-retention'

const keptDays = 30
const pageSize = 1000
const states: readonly UpdateState[] = ['review', 'stored', 'dismissed', 'handled']

/**
 * Takes names and addresses of buyers out of raw updates older than 30 days, also out of those that
 * wait for a person. Safe to call twice.
 */
export async function forgetToldOrderInfo(
  _actor: Extract<Actor, { kind: 'system' }>,
): Promise<number> {
  const before = addDays(await now(), -keptDays)
  let forgotten = 0
  for (const state of states) forgotten += await forgetIn(state, before)
  if (forgotten > 0) log().info({ event: 'order_info_forgotten', count: forgotten })
  return forgotten
}

async function forgetIn(state: UpdateState, before: Date): Promise<number> {
  let forgotten = 0
  let from: Cursor = { receivedAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const page = await loadPage(state, from, before, pageSize)
    for (const { id, body } of page) {
      if (body === null) continue
      await setBody(id, withoutOrderInfo(body))
      forgotten += 1
    }
    const last = page.at(-1)
    if (!last || page.length < pageSize) return forgotten
    from = last
  }
}

/** The same JSON without any member of that name, however deep. */
function withoutOrderInfo<T>(body: T): T {
  return JSON.parse(
    JSON.stringify(body, (key, value) => (key === 'order_info' ? undefined : value)),
  )
}
