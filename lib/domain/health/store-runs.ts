import type { FindingKind } from '@/lib/domain/findings/schema'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import type { RunDto } from './schema'

/** Newest first. Of the runs without an end, only the newest can be at work. */
export async function loadRuns(most: number): Promise<RunDto[]> {
  const [rows, isAtWork] = await Promise.all([
    db().reconciliationRun.findMany({ orderBy: { startedAt: 'desc' }, take: most }),
    isComparing(),
  ])
  return rows.map(({ startedAt, finishedAt, ...row }, index) => ({
    ...row,
    started_at: startedAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
    state: finishedAt ? 'ended' : isAtWork && index === 0 ? 'running' : 'broken_off',
  }))
}

/** Whether a comparison is at work in whatever process: it holds the lock of platform/exclusive. */
async function isComparing(): Promise<boolean> {
  const { rowCount } = await pool().query(
    `select from pg_locks where locktype = 'advisory' and classid = 7380002 and objid = 1
       and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rowCount !== 0
}

/**
 * Whether a comparison that somebody asked for waits for its turn, or was taken up a moment ago: its
 * run is written a little later than its job is locked.
 */
export async function isComparisonQueued(): Promise<boolean> {
  const { rowCount } = await pool().query(
    `select from graphile_worker.jobs
     where task_identifier = 'compare_now'
       and (locked_at is not null or attempts < max_attempts)`,
  )
  return rowCount !== 0
}

/** What a comparison can find. */
const kinds = [
  'foreign_sales',
  'terms_differ',
  'charge_not_listed',
  'refund_not_listed',
  'repair_failed',
  'comparison_failing',
] satisfies FindingKind[]

/** Open matters that a comparison has noted since. */
export function countFindingsSince(moment: Date): Promise<number> {
  return db().finding.count({
    where: { kind: { in: kinds }, resolvedAt: null, lastSeen: { gte: moment } },
  })
}
