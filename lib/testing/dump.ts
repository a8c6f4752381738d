import { pool } from '@/lib/platform/pool'

/** The whole database as text: table → rows as JSON, also of the job queue. */
export async function dumpDatabase(): Promise<Map<string, string[]>> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'
     order by 1`,
  )
  const dump = new Map<string, string[]>()
  for (const { name } of tables) {
    const { rows } = await pool().query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t order by 1`,
    )
    dump.set(
      name,
      rows.map(({ row }) => row),
    )
  }
  return dump
}
