import type { WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { describeError, log } from '@/lib/platform/log'
import { pool } from '@/lib/platform/pool'

/*
 * A worker that is killed leaves its jobs locked, for four hours by the queue's own rule: a buyer
 * would wait that long for a confirmation. So every worker holds an advisory lock named after the
 * pool that signs its jobs, which PostgreSQL drops with its connection, and jobs whose pool holds
 * none are released.
 */

const lockSpace = 0x57a7
const sweepEveryMs = 10_000

export type Tracking = { stop: () => Promise<void> }

/** Names the pool these events tell of to the other workers and releases jobs of dead ones, until stopped. */
export async function trackWorkers(events: WorkerEvents): Promise<Tracking> {
  const ids = new Set<string>()
  let client = await connect()
  let holding = Promise.resolve()
  events.on('pool:create', ({ workerPool }) => {
    ids.add(workerPool.id)
    holding = holding.then(() => hold(client, workerPool.id)).catch(warnLost)
  })

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({
      connectionString: env().DATABASE_URL,
      application_name: 'starpass worker',
      keepAlive: true,
    })
    made.on('error', warnLost)
    await made.connect()
    for (const id of ids) await hold(made, id)
    return made
  }

  async function sweep(): Promise<void> {
    try {
      await holding
      await client.query('select 1')
    } catch {
      await client.end().catch(() => {})
      client = await connect()
    }
    await releaseAbandonedJobs()
  }

  const timer = setInterval(() => {
    sweep().catch((error: unknown) => {
      log().warn({ event: 'worker_sweep_failed', ...describeError(error) })
    })
  }, sweepEveryMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await client.end().catch(() => {})
    },
  }
}

function warnLost(error: unknown): void {
  log().warn({ event: 'worker_lock_lost', ...describeError(error) })
}

async function hold(client: pg.Client, poolId: string): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [lockSpace, poolId])
}

/** Releases jobs locked by pools that are gone. A job just taken is left alone. */
export async function releaseAbandonedJobs(): Promise<number> {
  const { rows } = await pool().query<{ id: string }>(
    `with lockers as (
       select distinct locked_by as id from graphile_worker._private_jobs
       where locked_by is not null and locked_at < now() - interval '5 seconds'
     )
     select id from lockers where not exists (
       select from pg_locks where locktype = 'advisory' and classid = $1
         and objid = (hashtext(lockers.id)::bigint & 4294967295)::oid and granted
         and database = (select oid from pg_database where datname = current_database()))`,
    [lockSpace],
  )
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) {
    await reportLastAttempts(ids)
    await pool().query('select graphile_worker.force_unlock_workers($1::text[])', [ids])
    log().warn({ event: 'abandoned_jobs_released', workers: ids.length })
  }
  return ids.length
}

/** A job that was killed at its last attempt is not tried again. Without a key it was replaced. */
async function reportLastAttempts(poolIds: string[]): Promise<void> {
  const { rows } = await pool().query<{ task: string; jobId: string; attempts: number }>(
    `select t.identifier as task, j.id::text as "jobId", j.attempts
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where j.locked_by = any($1::text[]) and j.attempts >= j.max_attempts and j.key is not null`,
    [poolIds],
  )
  for (const row of rows) log().error({ event: 'job_given_up', ...row })
}
