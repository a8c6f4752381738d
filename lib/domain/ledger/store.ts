import { z } from 'zod'
import { stars } from '@/lib/kit/money'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'
import type { Cursor } from './read-cursor'
import { type LedgerFilter, type LedgerRow, ledgerRow } from './schema'

const { sql } = Prisma

const kindSql = sql`case when not e.is_recurring then 'one_off'
  when e.is_first_recurring then 'first' else 'renewal' end`

/** What a row must be to be shown: by its terms, and by what was searched for. */
export function whereOf(filter: LedgerFilter, found: Prisma.Sql | null): Prisma.Sql {
  const parts: Prisma.Sql[] = found ? [found] : []
  if (filter.status) parts.push(sql`e.status = ${filter.status}`)
  if (filter.plan) parts.push(sql`e.plan_code = ${filter.plan}`)
  // The rare ones have indexes of their own, which are found by these very words.
  if (filter.method === 'stars') parts.push(sql`e.provider = 'stars'`)
  else if (filter.method) {
    parts.push(sql`e.provider = ${filter.method} and e.provider <> 'stars'`)
  }
  if (filter.kind === 'one_off') parts.push(sql`not e.is_recurring`)
  if (filter.kind === 'first') parts.push(sql`e.is_recurring and e.is_first_recurring`)
  if (filter.kind === 'renewal') parts.push(sql`e.is_recurring and not e.is_first_recurring`)
  if (filter.currency === stars) parts.push(sql`e.currency = 'XTR'`)
  else if (filter.currency) parts.push(sql`e.currency = ${filter.currency} and e.currency <> 'XTR'`)
  if (filter.from) parts.push(sql`e.created_at >= ${new Date(filter.from)}`)
  if (filter.to) parts.push(sql`e.created_at < ${addDays(new Date(filter.to), 1)}`)
  return parts.length > 0 ? Prisma.join(parts, ' and ') : sql`true`
}

export type Reading = {
  filter: LedgerFilter
  /** What was searched for, as the rows are found by it. */
  found?: Prisma.Sql | null
  cursor?: Cursor | undefined
  towards: 'older' | 'newer'
}

/** The place in the list is within the day it began from, which would only lead the search astray. */
function withoutPassed({ filter, towards }: Reading): LedgerFilter {
  if (filter.sort !== 'newest') return filter
  const { from, to, ...rest } = filter
  return towards === 'older' ? { ...rest, from } : { ...rest, to }
}

/** One page as a statement: `most` rows from the cursor on, in the order of the direction. */
export function pageSql(reading: Reading, most: number): Prisma.Sql {
  const { filter, found = null, cursor, towards } = reading
  const where = whereOf(cursor ? withoutPassed(reading) : filter, found)
  const key = filter.sort === 'largest' ? sql`e.amount` : sql`e.created_at`
  const type = filter.sort === 'largest' ? sql`bigint` : sql`timestamptz`
  const from = cursor
    ? towards === 'older'
      ? sql`and (${key}, e.id) < (${cursor.key}::text::${type}, ${cursor.id}::uuid)`
      : sql`and (${key}, e.id) > (${cursor.key}::text::${type}, ${cursor.id}::uuid)`
    : Prisma.empty
  const order = towards === 'older' ? sql`${key} desc, e.id desc` : sql`${key} asc, e.id asc`
  return sql`select page.*, coalesce(u.first_name, '') as name, u.username
    from (select e.id, e.created_at, e.charged_at, e.telegram_user_id, e.user_id, e.plan_code,
        e.provider as method, ${kindSql} as kind, e.amount, e.currency, e.status, e.reason
      from payment_events e where ${where} ${from} order by ${order} limit ${most}) page
    left join users u on u.id = page.user_id`
}

const row = z.object({
  id: z.string(),
  created_at: z.date(),
  charged_at: z.date().nullable(),
  telegram_user_id: z.coerce.number(),
  amount: z.coerce.number(),
})

/** At most `most` rows, the newest or largest first whatever the direction. */
export async function loadLedger(reading: Reading, most: number): Promise<LedgerRow[]> {
  const rows = await db().$queryRaw<unknown[]>(pageSql(reading, most))
  const read = rows.map((raw) => {
    const { created_at, charged_at, telegram_user_id, ...rest } = row.loose().parse(raw)
    return ledgerRow.parse({
      ...rest,
      created_at: created_at.toISOString(),
      charged_at: charged_at?.toISOString() ?? null,
      telegram_id: telegram_user_id,
    })
  })
  // The join may forget the order of the page.
  const key = (one: LedgerRow) => (reading.filter.sort === 'largest' ? one.amount : one.created_at)
  return read.sort((a, b) => {
    if (key(a) !== key(b)) return key(a) > key(b) ? -1 : 1
    return a.id > b.id ? -1 : 1
  })
}

const plan = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.looseObject({})]) })])
const rowsIn = z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })

/** How many rows there are, as the planner guesses. */
export async function guessCount(filter: LedgerFilter, found: Prisma.Sql | null): Promise<number> {
  const where = whereOf(filter, found)
  const [answer] = plan.parse(
    await db().$queryRaw`explain (format json) select from payment_events e where ${where}`,
  )
  return rowsIn.parse(answer['QUERY PLAN'][0]).Plan['Plan Rows']
}
