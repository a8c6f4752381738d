import { recordAudit } from '@/lib/domain/audit/record-audit'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { moved } from './order'
import { lockOrder, setOrder } from './store-edit'

/** Moves a plan one place in the list; at its end nothing happens. Refuses: forbidden, not_found. */
export async function movePlan(
  actor: Manager,
  code: string,
  direction: 'up' | 'down',
): Promise<void> {
  requirePower(actor, 'edit_plans')
  const at = await now()
  await inTransaction(async (tx) => {
    const codes = await lockOrder(tx)
    const from = codes.indexOf(code)
    if (from < 0) throw new Refusal('not_found', 'There is no plan of this code.')
    const ordered = moved(codes, code, direction)
    const to = ordered.indexOf(code)
    if (to === from) return
    await setOrder(tx, ordered)
    const details = { place: `${from + 1} → ${to + 1}` }
    await recordAudit(
      tx,
      actor,
      { action: 'move_plan', subject: 'plan', subjectId: code, details },
      at,
    )
  })
}
