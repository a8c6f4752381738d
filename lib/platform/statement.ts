import { pool } from './pool'

/** SQL with its values apart, as Prisma's `sql` makes it. */
type Sql = { text: string; values: unknown[] }

/**
 * One of the few statements that every payment waits for, without Prisma's own work. The name makes
 * PostgreSQL plan it once per connection, so one name always bears one text. Throws pg's
 * `DatabaseError`.
 */
export async function runStatement<Row extends object>(name: string, sql: Sql): Promise<Row[]> {
  const { rows } = await pool().query<Row>({ name, text: sql.text, values: sql.values })
  return rows
}
