import pg from 'pg'
import type { Stack } from '@/commands/local/stack'

/** What PostgreSQL answers to a statement; for what no page and no interface tells. */
export async function runsSql(
  stack: Pick<Stack, 'databaseUrl'>,
  sql: string,
  values: unknown[] = [],
) {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}
