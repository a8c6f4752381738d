import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { addJobIn, inTransaction, type Tx } from '@/lib/platform/transaction'
import type { FindingDetails, FindingKind } from './schema'
import { upsertFinding } from './store'

type Found = { kind: FindingKind; subject: string; details: FindingDetails; count?: number }

/** Writes down what a person must look at; the admins hear of each matter once. */
export async function noteFinding(
  _actor: Extract<Actor, { kind: 'system' }>,
  found: Found,
): Promise<void> {
  const at = await now()
  await inTransaction((tx) => noteFindingIn(tx, found, at))
}

/** The same inside somebody's transaction. */
export async function noteFindingIn(tx: Tx, found: Found, at: Date): Promise<void> {
  const { id, isNews } = await upsertFinding(tx, { count: 1, ...found }, at)
  if (!isNews) return
  await addJobIn(tx, {
    name: 'tell_admins',
    payload: { kind: 'finding', findingId: id },
    key: `finding:${id}:${at.getTime()}`,
  })
  log().warn({ event: 'finding', kind: found.kind, findingId: id })
}
