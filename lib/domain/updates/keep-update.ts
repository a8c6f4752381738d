import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { inTransaction, type Tx } from '@/lib/platform/transaction'
import { alertAdmins } from './alert-admins'
import { insertUpdate } from './store'

type Raw = { updateId: number; kind: string; body: unknown }
type As = { state: 'handled' | 'stored' | 'review'; reason?: string; chargeId?: string }

/**
 * Keeps an update as Telegram sent it: `stored` when nothing has to be done with it now, `review`
 * when a person must look, of which the admins are told. A repeated delivery is kept once.
 */
export async function keepUpdate(
  _actor: Extract<Actor, { kind: 'telegram' }>,
  update: Raw,
  as: As,
): Promise<void> {
  const at = await now()
  await inTransaction((tx) => keepUpdateIn(tx, update, as, at))
}

/** The same inside somebody's transaction. */
export async function keepUpdateIn(tx: Tx, update: Raw, as: As, at: Date): Promise<void> {
  const isNew = await insertUpdate(
    tx,
    { ...update, state: as.state, reason: as.reason ?? null, chargeId: as.chargeId ?? null },
    at,
  )
  // Money in review is told by its own charge.
  if (isNew && as.state === 'review' && !as.chargeId) await alertAdmins(tx, at)
}
