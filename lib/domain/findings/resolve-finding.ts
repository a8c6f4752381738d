import { recordAudit } from '@/lib/domain/audit/record-audit'
import { type Actor, actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction, type Tx } from '@/lib/platform/transaction'
import type { FindingKind } from './schema'
import { setOthersResolved, setResolved, setSubjectResolved } from './store'

/** A person looked at it and it is settled. Refuses: not_found (or settled already). */
export async function resolveFinding(actor: Manager, id: string, reason: string): Promise<void> {
  requirePower(actor, 'settle')
  const at = await now()
  await inTransaction(async (tx) => {
    if (!(await setResolved(tx, id, actorName(actor), at))) {
      throw new Refusal('not_found', 'There is no open finding of this id.')
    }
    const entry = { action: 'resolve_finding', subject: 'finding', subjectId: id, reason } as const
    await recordAudit(tx, actor, entry, at)
  })
}

/** What happened since settles matters of these kinds about this subject. */
export async function resolveFindingsIn(
  tx: Tx,
  kinds: FindingKind[],
  subject: string,
  at: Date,
): Promise<void> {
  await setSubjectResolved(tx, kinds, subject, 'system', at)
}

/** Matters of this kind that were not seen again have settled themselves. */
export async function resolveOthers(
  actor: Extract<Actor, { kind: 'system' }>,
  kind: FindingKind,
  seen: string[],
): Promise<void> {
  const at = await now()
  await inTransaction((tx) => setOthersResolved(tx, kind, seen, actorName(actor), at))
}
