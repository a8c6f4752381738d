import { z } from 'zod'
import { bulkJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import type { QueueName, Waiting } from './rules'

const waitingRow = z.object({ is_bulk: z.boolean(), since: z.date(), seconds: z.coerce.number() })
const givenUpRow = z.object({ task: z.string(), count: z.number() })

/** How long the longest-waiting job of each queue could have run, by the database's own clock. */
export async function loadWaits(): Promise<Record<QueueName, Waiting | null>> {
  const { rows } = await pool().query(
    `select coalesce(queue_name, '') = $1 as is_bulk, min(run_at) as since,
       extract(epoch from now() - min(run_at)) as seconds
     from graphile_worker.jobs
     where run_at <= now() and attempts < max_attempts and locked_at is null
     group by 1`,
    [bulkJob.queueName],
  )
  const waits = z.array(waitingRow).parse(rows)
  const of = (isBulk: boolean) => {
    const row = waits.find((one) => one.is_bulk === isBulk)
    return row ? { since: row.since, seconds: row.seconds } : null
  }
  return { ordinary: of(false), bulk: of(true) }
}

/** Jobs that have used all their attempts, by name. */
export async function loadGivenUp(): Promise<{ task: string; count: number }[]> {
  const { rows } = await pool().query(
    `select task_identifier as task, count(*)::int as count from graphile_worker.jobs
     where attempts >= max_attempts and locked_at is null group by 1 order by 1`,
  )
  return z.array(givenUpRow).parse(rows)
}
