import pg from 'pg'
import { env } from './env'
import { single } from './global'

/** PostgreSQL connections of this process: for Prisma, the job queue and readiness. */
export function pool(): pg.Pool {
  return single('pool', () => {
    const made = new pg.Pool({
      connectionString: env().DATABASE_URL,
      application_name: 'starpass',
      max: 15,
      connectionTimeoutMillis: 5000,
      // What a connection has planned is lost with it.
      idleTimeoutMillis: 300_000,
      // A frozen server must become an error that Telegram retries, not a request that hangs.
      query_timeout: 15_000,
      keepAlive: true,
    })
    // A connection that the server ends is replaced at the next query; whoever uses it is told.
    made.on('error', () => {})
    made.on('connect', (client) => client.on('error', () => {}))
    return made
  })
}

/** A connection beside the pool, for a statement that may take minutes. Whoever opens it ends it. */
export async function openConnection(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'starpass export',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

export async function closePool(): Promise<void> {
  if (!pool().ended) await pool().end()
}
