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

/** So many rows are looked at for one page where no index knows all terms of a filter together. */
export const lookMax = 10_000

type Term = {
  words: Prisma.Sql /** The fewer rows an index leaves of it, the smaller. */
  rank: number
}

const noIndex = Number.POSITIVE_INFINITY
const ranks = { review: 0, pending: 1, refunded: 4, failed: 7, completed: 9 } as const

/** What a filter asks for besides its dates. The rare values have indexes, found by these very words. */
function termsOf(filter: LedgerFilter): Term[] {
  const { status, plan, method, kind, currency } = filter
  const terms: Term[] = []
  const add = (words: Prisma.Sql, rank: number) => terms.push({ words, rank })
  if (status) add(sql`e.status = ${status}`, ranks[status])
  if (plan) add(sql`e.plan_code = ${plan}`, 6)
  if (method === 'stars') add(sql`e.provider = 'stars'`, noIndex)
  else if (method) add(sql`e.provider = ${method} and e.provider <> 'stars'`, 2)
  if (kind === 'one_off') add(sql`not e.is_recurring`, noIndex)
  if (kind === 'first') add(sql`e.is_recurring and e.is_first_recurring`, 5)
  if (kind === 'renewal') add(sql`e.is_recurring and not e.is_first_recurring`, 8)
  if (currency === stars) add(sql`e.currency = 'XTR'`, noIndex)
  else if (currency) add(sql`e.currency = ${currency} and e.currency <> 'XTR'`, 3)
  return terms
}

function datesOf({ from, to }: LedgerFilter): Prisma.Sql[] {
  return [
    ...(from ? [sql`e.created_at >= ${new Date(from)}`] : []),
    ...(to ? [sql`e.created_at < ${endOf(to)}`] : []),
  ]
}

const endOf = (day: string) => addDays(new Date(day), 1)
const allOf = (parts: Prisma.Sql[]) => (parts.length > 0 ? Prisma.join(parts, ' and ') : sql`true`)

/** What a row must be to be shown: by its terms, and by what was searched for. */
export function whereOf(filter: LedgerFilter, found: Prisma.Sql | null): Prisma.Sql {
  const terms = termsOf(filter).map(({ words }) => words)
  return allOf([...(found ? [found] : []), ...terms, ...datesOf(filter)])
}

export type Reading = {
  filter: LedgerFilter
  /** What was searched for, as the rows are found by it. */
  found?: Prisma.Sql | null
  cursor?: Cursor | undefined
  towards: 'older' | 'newer'
  /** For tests; else `lookMax`. */
  most?: number
}

/** The place in the list is within the day it began from, which would only lead the search astray. */
function withoutPassed({ filter, cursor, towards }: Reading): LedgerFilter {
  const { from, to, ...rest } = filter
  if (!cursor || filter.sort !== 'newest') return filter
  const at = new Date(cursor.key)
  const isFromPassed = towards === 'newer' && from && at >= new Date(from)
  const isToPassed = towards === 'older' && to && at < endOf(to)
  return { ...rest, ...(isFromPassed ? {} : { from }), ...(isToPassed ? {} : { to }) }
}

/**
 * What an index finds in order, and what then is only looked for among that. A search finds few rows,
 * and the order by amount goes with no other filter, so there everything is found.
 */
function parted(reading: Reading): { found: Prisma.Sql[]; sought: Prisma.Sql[] } {
  const { filter, found } = reading
  const dates = datesOf(withoutPassed(reading))
  const terms = termsOf(filter).sort((a, b) => a.rank - b.rank)
  const words = terms.map((term) => term.words)
  if (found || filter.sort === 'largest') {
    return { found: [...(found ? [found] : []), ...words, ...dates], sought: [] }
  }
  const leads = (terms[0]?.rank ?? noIndex) < noIndex ? 1 : 0
  return { found: [...words.slice(0, leads), ...dates], sought: words.slice(leads) }
}

/** Rows from the cursor on, and their order in its direction. */
function placed({ filter, cursor, towards }: Reading) {
  const key = filter.sort === 'largest' ? sql`e.amount` : sql`e.created_at`
  const type = filter.sort === 'largest' ? sql`bigint` : sql`timestamptz`
  const sign = towards === 'older' ? sql`<` : sql`>`
  const from = cursor
    ? [sql`(${key}, e.id) ${sign} (${cursor.key}::text::${type}, ${cursor.id}::uuid)`]
    : []
  const order = towards === 'older' ? sql`${key} desc, e.id desc` : sql`${key} asc, e.id asc`
  return { from, order }
}

/** One page as a statement: `most` rows from the cursor on, in the order of the direction. */
export function pageSql(reading: Reading, most: number): Prisma.Sql {
  const { found, sought } = parted(reading)
  const { from, order } = placed(reading)
  const rows = sql`payment_events e where ${allOf([...found, ...from])}`
  const looked =
    sought.length > 0
      ? sql`(select e.* from ${rows} order by ${order} limit ${known(reading.most ?? lookMax)}) e
          where ${allOf(sought)}`
      : rows
  return sql`select page.*, coalesce(u.first_name, '') as name, u.username
    from (select e.id, e.created_at, e.charged_at, e.telegram_user_id, e.user_id, e.plan_code,
        e.provider as method, ${kindSql} as kind, e.amount, e.currency, e.status, e.reason
      from ${looked} order by ${order} limit ${known(most)}) page
    left join users u on u.id = page.user_id`
}

/** A limit in the text itself: a planner that knows it sees that an index in order is enough. */
const known = (limit: number) => Prisma.raw(String(Math.trunc(limit)))

/**
 * The last row that was looked at for a page which is not full; null when it saw the end of the list.
 */
export async function findLookedTo(reading: Reading): Promise<Cursor | null> {
  const { found, sought } = parted(reading)
  if (sought.length === 0) return null
  const { from, order } = placed(reading)
  const [last] = await db().$queryRaw<{ id: string; created_at: Date }[]>`
    select e.id, e.created_at from payment_events e where ${allOf([...found, ...from])}
    order by ${order} offset ${known((reading.most ?? lookMax) - 1)} limit 1`
  return last ? { id: last.id, key: last.created_at.toISOString() } : null
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
