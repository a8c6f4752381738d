import { z } from 'zod'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import type { Tx } from '@/lib/platform/transaction'
import type { JobDto, LastUpdateDto, QueueDto } from './schema'

const counts = z.object({
  ready: z.number(),
  later: z.number(),
  oldest_ready_at: z.date().nullable(),
})
const jobRow = z.object({
  id: z.string(),
  task: z.string(),
  attempts: z.number(),
  attempts_max: z.number(),
  problem: z.string().nullable(),
  run_at: z.date(),
  created_at: z.date(),
})

const failedMost = 100

export async function loadQueue(): Promise<Omit<QueueDto, 'is_stuck' | 'given_up'>> {
  const [summary, failed] = await Promise.all([
    pool().query(`
      select count(*) filter (where run_at <= now() and attempts < max_attempts)::int as ready,
        count(*) filter (where run_at > now() and attempts < max_attempts)::int as later,
        min(run_at) filter (where run_at <= now() and attempts < max_attempts
          and locked_at is null) as oldest_ready_at
      from graphile_worker.jobs`),
    pool().query(
      `select j.id::text, j.task_identifier as task, j.attempts, j.max_attempts as attempts_max,
         left(split_part(j.last_error, e'\\n', 1), 200) as problem, j.run_at, j.created_at
       from graphile_worker.jobs j where j.attempts > 0 and j.last_error is not null
       order by j.updated_at desc limit $1`,
      [failedMost],
    ),
  ])
  const { oldest_ready_at: oldest, ...rest } = counts.parse(summary.rows[0])
  return {
    ...rest,
    oldest_ready_at: oldest?.toISOString() ?? null,
    failed: failed.rows.map((row): JobDto => {
      const { run_at, created_at, ...job } = jobRow.parse(row)
      return { ...job, run_at: run_at.toISOString(), created_at: created_at.toISOString() }
    }),
  }
}

/** Lets failed jobs run now, with all their attempts again. The name of each. */
export async function rescheduleFailed(tx: Tx, id: string | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ task: string }[]>`
    with again as (select (graphile_worker.reschedule_jobs(array(
      select j.id from graphile_worker.jobs j
      where j.attempts > 0 and j.last_error is not null and j.locked_at is null
        and (${id}::bigint is null or j.id = ${id}::bigint)
    ), run_at := now(), attempts := 0)).id)
    select j.task_identifier as task from graphile_worker.jobs j where j.id in (select id from again)`
  return rows.map((row) => row.task)
}

/** The newest update that was kept: ids grow with time. */
export async function loadLastUpdate(): Promise<LastUpdateDto | null> {
  const row = await db().telegramUpdate.findFirst({
    orderBy: { id: 'desc' },
    select: { kind: true, receivedAt: true },
  })
  return row && { kind: row.kind, received_at: row.receivedAt.toISOString() }
}

export async function loadVersion(): Promise<string> {
  const rows = await db().$queryRaw<{ version: string }[]>`
    select current_setting('server_version') as version`
  return rows[0]?.version ?? ''
}
