import { type Actor, actorName } from '@/lib/kit/actor'
import type { Tx } from '@/lib/platform/transaction'
import type { AuditSubject } from './schema'
import { insertEntry } from './store'

export type AuditedAction = {
  /** What was done, such as `request_refund`. */
  action: string
  subject: AuditSubject
  subjectId: string
  reason?: string
  details?: Record<string, string | number | boolean | null>
}

/** Writes down who did what and why, inside the transaction that does it. */
export async function recordAudit(
  tx: Tx,
  actor: Actor,
  entry: AuditedAction,
  at: Date,
): Promise<void> {
  const from = actor.kind === 'admin' ? actor.from : null
  await insertEntry(tx, { ...entry, actor: actorName(actor), from }, at)
}
