import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { insertUpdate } from './store'

/**
 * Keeps an update as Telegram sent it: `stored` when nothing has to be done with it now, `review`
 * when a person must look. A repeated delivery is kept once.
 */
export async function keepUpdate(
  _actor: Extract<Actor, { kind: 'telegram' }>,
  update: { updateId: number; kind: string; body: unknown },
  as: { state: 'stored' | 'review'; reason?: string; chargeId?: string },
): Promise<void> {
  await insertUpdate(
    { ...update, state: as.state, reason: as.reason ?? null, chargeId: as.chargeId ?? null },
    await now(),
  )
}
