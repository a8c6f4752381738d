import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { openConnection } from '@/lib/platform/pool'
import { Prisma } from '@/prisma/generated/client'
import { mayEnd, riskyInside, riskyStart } from './csv'
import type { LedgerFilter } from './schema'
import { guessCount, whereOf } from './store'
import { searchAll } from './store-search'

const { sql } = Prisma

const utc = (column: Prisma.Sql) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Text that somebody else wrote, made harmless. */
export const guarded = (value: Prisma.Sql) =>
  sql`case when ${value} ~ ${riskyStart} then '''' else '' end || case when ${value} ~ ${mayEnd}
    then regexp_replace(${value}, ${riskyInside}, ${String.raw`\1'\2`}, 'g') else ${value} end`

const foundBy = ({ q }: LedgerFilter) => (q ? searchAll(q) : null)

/** The rows of a filter as a statement, in the order of the list. */
export function exportSql(filter: LedgerFilter): Prisma.Sql {
  const where = whereOf(filter, foundBy(filter))
  const key = filter.sort === 'largest' ? sql`e.amount` : sql`e.created_at`
  return sql`select e.id as payment_id, ${utc(sql`e.created_at`)} as created_at,
      ${utc(sql`e.charged_at`)} as charged_at, e.status, ${guarded(sql`e.reason`)} as reason,
      e.provider as method, case when not e.is_recurring then 'one_off'
        when e.is_first_recurring then 'first' else 'renewal' end as kind,
      ${guarded(sql`e.plan_code`)} as plan_code, e.amount as amount_in_smallest_unit, e.currency,
      e.telegram_user_id as telegram_id, ${guarded(sql`u.first_name`)} as first_name,
      ${guarded(sql`u.last_name`)} as last_name, ${guarded(sql`u.username`)} as username,
      ${guarded(sql`e.charge_id`)} as charge_id,
      ${guarded(sql`e.provider_payment_charge_id`)} as provider_charge_id,
      e.invoice_id, ${guarded(sql`e.invoice_payload`)} as invoice_payload,
      ${utc(sql`e.subscription_expires_at`)} as subscription_expires_at,
      ${utc(sql`e.refunded_at`)} as refunded_at
    from payment_events e left join users u on u.id = e.user_id
    where ${where} order by ${key} desc, e.id desc`
}

/** How many rows that will be, as the planner guesses. */
export const guessExport = (filter: LedgerFilter) => guessCount(filter, foundBy(filter))

/** COPY takes no parameters, so values stand in its text as literals. */
export function inlined({ strings, values }: Prisma.Sql): string {
  const literal = (value: unknown): string => {
    if (value === null) return 'null'
    if (Array.isArray(value)) return `array[${value.map(literal).join(',')}]`
    if (typeof value === 'number' || typeof value === 'bigint') return String(value)
    if (value instanceof Date) return `${pg.escapeLiteral(value.toISOString())}::timestamptz`
    return pg.escapeLiteral(String(value))
  }
  return strings.map((text, at) => text + (at < values.length ? literal(values[at]) : '')).join('')
}

/**
 * The rows of a filter as CSV (RFC 4180, UTF-8, a header first, quotes around whatever there is), read
 * as fast as it is taken. Ending the stream early ends the statement with its connection.
 */
export async function streamCsv(statement: Prisma.Sql): Promise<Readable> {
  const client = await openConnection()
  const stream = client.query(
    copyTo(`copy (${inlined(statement)}) to stdout with (format csv, header, force_quote *)`),
  )
  // After the last row there is nothing to wait for, and before it nobody wants the rest.
  // Who reads is told as well; nobody may be reading any more.
  stream.on('error', () => {})
  stream.once('close', () => void client.end().catch(() => {}))
  return stream
}
