import { recordAudit } from '@/lib/domain/audit/record-audit'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { addJobIn, inTransaction } from '@/lib/platform/transaction'

/**
 * Has the worker compare with Telegram's list as soon as no other comparison is at work. Asked for
 * again before it began, it is the same one. Refuses: forbidden.
 */
export async function askComparison(
  actor: Manager,
  { scope, reason }: { scope: 'tail' | 'full'; reason: string | undefined },
): Promise<void> {
  requirePower(actor, 'operate')
  const at = await now()
  const entry = {
    action: 'reconcile',
    subject: 'job',
    subjectId: 'reconcile',
    details: { scope },
    ...(reason ? { reason } : {}),
  } as const
  await inTransaction(async (tx) => {
    await addJobIn(tx, { name: 'compare_now', payload: { scope }, key: `compare_now:${scope}` })
    await recordAudit(tx, actor, entry, at)
  })
}
