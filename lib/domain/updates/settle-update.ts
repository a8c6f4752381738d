import { recordAudit } from '@/lib/domain/audit/record-audit'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { setSettled } from './store-reviews'

/**
 * Notes what became of an update that waited: `handled` after it was replayed, `dismissed` when
 * nothing is to be done. Refuses: not_found.
 */
export async function settleUpdate(
  actor: Manager,
  id: string,
  as: { state: 'handled' | 'dismissed'; reason: string },
): Promise<void> {
  requirePower(actor, 'settle')
  const at = await now()
  await inTransaction(async (tx) => {
    if (!(await setSettled(tx, id, { state: as.state, by: actorName(actor) }, at))) {
      throw new Refusal('not_found', 'No update waits for review under this id.')
    }
    const action = as.state === 'handled' ? 'replay_update' : 'dismiss_update'
    const entry = { action, subject: 'update', subjectId: id, reason: as.reason } as const
    await recordAudit(tx, actor, entry, at)
  })
}
