import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '@/prisma/generated/client'
import { env } from './env'
import { single } from './global'

export type Db = PrismaClient

/** PostgreSQL's own pool, for what is not a table of ours (job queue, readiness). */
export function pool(): pg.Pool {
  return single('pool', () => {
    const made = new pg.Pool({
      connectionString: env().DATABASE_URL,
      application_name: 'starpass',
      max: 10,
      connectionTimeoutMillis: 5000,
      // A frozen server must become an error that Telegram retries, not a request that hangs.
      query_timeout: 15_000,
      keepAlive: true,
    })
    // An idle connection that the server ends is replaced at the next query.
    made.on('error', () => {})
    return made
  })
}

/** The Prisma client of this process. Only `store.ts` and `queries.ts` may use it. */
export function db(): Db {
  return single('db', () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}

export async function closeDb(): Promise<void> {
  await db().$disconnect()
  if (!pool().ended) await pool().end()
}
