import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import { env } from '@/lib/platform/env'
import { describeError, log } from '@/lib/platform/log'
import { pool } from '@/lib/platform/pool'

/*
 * A worker that is killed leaves its jobs locked, for four hours by the queue's own rule: a buyer
 * would wait that long for a confirmation. So every worker holds an advisory lock named after
 * itself, which PostgreSQL drops with its connection, and jobs whose worker holds none are released.
 */

const lockSpace = 0x57a7
const sweepEveryMs = 10_000

export type Tracking = {
  events: WorkerEvents
  workerIds: () => string[]
  stop: () => Promise<void>
}

/** Names this process's workers to the others and releases jobs of dead ones, until stopped. */
export async function trackWorkers(): Promise<Tracking> {
  const ids = new Set<string>()
  let client = await connect()
  const events: WorkerEvents = new EventEmitter()
  // One connection takes one query at a time, and several workers start at once.
  let holding = Promise.resolve()
  events.on('worker:create', ({ worker }) => {
    ids.add(worker.workerId)
    holding = holding.then(() => hold(client, worker.workerId)).catch(warnLost)
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
    events,
    workerIds: () => [...ids],
    stop: async () => {
      clearInterval(timer)
      await client.end().catch(() => {})
    },
  }
}

function warnLost(error: unknown): void {
  log().warn({ event: 'worker_lock_lost', ...describeError(error) })
}

async function hold(client: pg.Client, workerId: string): Promise<void> {
  await client.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, workerId])
}

/** Releases jobs locked by workers that are gone. A job just taken is left alone. */
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
    await pool().query('select graphile_worker.force_unlock_workers($1::text[])', [ids])
    log().warn({ event: 'abandoned_jobs_released', workers: ids.length })
  }
  return ids.length
}
