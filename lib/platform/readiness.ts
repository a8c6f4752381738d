import { z } from 'zod'
import { describeError, log } from './log'
import { pool } from './pool'

/** The newest migration this code needs. A test holds it to the folder prisma/migrations. */
export const newestMigration = '20261130010000_admin_lists'

const row = z.object({ applied: z.boolean() })

export type Readiness = { ready: true } | { ready: false; reason: 'database' | 'migrations' }

/** Whether the database answers and has every migration. */
export async function readiness(): Promise<Readiness> {
  try {
    const { rows } = await pool().query(
      `select exists (select from _prisma_migrations
         where migration_name = $1 and finished_at is not null) as applied`,
      [newestMigration],
    )
    return row.parse(rows[0]).applied ? { ready: true } : { ready: false, reason: 'migrations' }
  } catch (error) {
    log().warn({ event: 'not_ready', ...describeError(error) })
    // 42P01: the table of migrations does not exist, so the database is there and empty.
    const isEmpty = error instanceof Error && 'code' in error && error.code === '42P01'
    return { ready: false, reason: isEmpty ? 'migrations' : 'database' }
  }
}
