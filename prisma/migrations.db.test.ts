import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { env } from '@/lib/platform/env'
import { diffFromEmpty, migrate } from './migrate'

const drawn = 'starpass_drawn_from_schema'
const migrated = 'starpass_migrated_alone'

async function on<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address(database) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function address(database: string): string {
  const url = new URL(env().DATABASE_URL)
  url.pathname = `/${database}`
  return url.href
}

/**
 * Columns, indexes and references of our tables, as lines; Prisma knows no partial indexes, nor any on
 * expressions, nor how a BRIN index is kept.
 */
const shape = (database: string) =>
  on(database, async (client) => {
    const { rows } = await client.query<{ line: string }>(`
      select format('%s.%s %s %s %s', c.table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not like '\\_%'
      union all
      select indexdef from pg_indexes where schemaname = 'public' and tablename not like '\\_%'
        and indexdef not like '% WHERE %' and indexdef not like '%(lower(%'
        and indexdef not like '%USING brin%'
      union all
      select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace and contype = 'f'
      order by 1`)
    return rows.map((row) => row.line)
  })

beforeAll(async () => {
  await on('postgres', async (client) => {
    for (const name of [drawn, migrated]) {
      await client.query(`drop database if exists ${name} with (force)`)
      await client.query(`create database ${name}`)
    }
  })
})
afterAll(async () => {
  await on('postgres', async (client) => {
    for (const name of [drawn, migrated]) await client.query(`drop database ${name} with (force)`)
  })
})

it('the migrations make exactly what the schema says', async () => {
  const sql = await diffFromEmpty(address(drawn))
  await on(drawn, (client) => client.query(sql))
  await migrate(address(migrated))
  expect(await shape(migrated)).toEqual(await shape(drawn))
})

it('migrating again applies nothing', async () => {
  expect(await migrate(address(migrated))).toEqual([])
})
