import { type JobPayload, jobAttemptsMax } from '@/lib/platform/jobs'
import type { Tx } from '@/lib/platform/transaction'

/** Whether several updates came into review since. */
export async function hasSeveralSince(tx: Tx, moment: Date): Promise<boolean> {
  const rows = await tx.telegramUpdate.findMany({
    where: { state: 'review', chargeId: null, receivedAt: { gte: moment } },
    select: { id: true },
    take: 2,
  })
  return rows.length === 2
}

/** Tells the admins at once, or of everything together after some seconds. */
export async function addAlert(tx: Tx, key: string, afterSeconds: number): Promise<void> {
  const payload: JobPayload<'tell_admins'> = { kind: 'updates_in_review' }
  await tx.$executeRaw`
    select graphile_worker.add_job('tell_admins', payload := ${JSON.stringify(payload)}::json,
      job_key := ${key}, job_key_mode := 'preserve_run_at', max_attempts := ${jobAttemptsMax}::int,
      run_at := now() + make_interval(secs => ${afterSeconds}))`
}
