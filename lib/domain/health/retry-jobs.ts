import { recordAudit } from '@/lib/domain/audit/record-audit'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { rescheduleFailed } from './store'

/**
 * Lets one failed job, or all of them, run now with all attempts again. Answers how many. Refuses:
 * forbidden, not_found (it ran meanwhile).
 */
export async function retryJobs(
  actor: Manager,
  id: string | null,
  reason?: string,
): Promise<number> {
  requirePower(actor, 'operate')
  const at = await now()
  return inTransaction(async (tx) => {
    const tasks = await rescheduleFailed(tx, id)
    const count = tasks.length
    if (count === 0) throw new Refusal('not_found', 'No failed job waits any more.')
    const entry = {
      action: 'retry_jobs',
      subject: 'job',
      subjectId: id ?? 'all',
      details: { count, jobs: [...new Set(tasks)].sort().join(', ') },
      ...(reason ? { reason } : {}),
    } as const
    await recordAudit(tx, actor, entry, at)
    return count
  })
}
