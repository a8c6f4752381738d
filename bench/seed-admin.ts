import { readFile } from 'node:fs/promises'
import pg from 'pg'

type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>

export type Size = { people: number; payments: number }

const tables = [
  'users',
  'invoices',
  'payment_events',
  'entitlements',
  'subscriptions',
  'audit_log',
] as const

/**
 * Fills a migrated and otherwise empty database with a shop of that size. Indexes are made at the
 * end, each in one go, which is several times faster than keeping them while rows come in.
 */
export async function seedAdmin(databaseUrl: string, size: Size, step: Step): Promise<void> {
  const text = await readFile(new URL('./seed-admin.sql', import.meta.url), 'utf8')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      `set synchronous_commit = off; set work_mem = '512MB'; set maintenance_work_mem = '1GB'`,
    )
    await client.query('begin')
    // Rows of a table that is new in its transaction need no log (`wal_level` is minimal).
    await client.query(`truncate ${tables.join(', ')} cascade`)
    const indexes = await takeIndexes(client)
    for (const statement of statementsOf(text, size)) {
      const [, table] = /^insert into (\w+)/m.exec(statement) ?? []
      if (table) await step(`Fill ${table}`, () => client.query(statement))
      else await client.query(statement)
    }
    for (const { name, definition } of indexes) {
      await step(`Make ${name}`, () => client.query(definition))
    }
    await client.query('commit')
    await step('Vacuum and analyze', () => client.query('vacuum analyze'))
  } finally {
    await client.end()
  }
}

function statementsOf(text: string, size: Size): string[] {
  return text
    .replaceAll(':people', String(size.people))
    .replaceAll(':payments', String(size.payments))
    .split(/;\n/)
    .filter((statement) => statement.trim() !== '')
}

/** Drops every index that no constraint needs, and tells how to make them again. */
async function takeIndexes(client: pg.Client): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and tablename = any($1) and not exists
       (select from pg_constraint where conindid = format('%I.%I', schemaname, indexname)::regclass)`,
    [tables],
  )
  for (const { name } of rows) await client.query(`drop index ${client.escapeIdentifier(name)}`)
  return rows
}
