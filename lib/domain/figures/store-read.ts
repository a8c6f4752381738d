import { z } from 'zod'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'
import type { DayRow, HeldRow, PartRow } from './overview'
import { measures } from './schema'

const { sql } = Prisma

const measure = z.enum(measures)
const sums = { count: z.coerce.number().int(), amount: z.coerce.number().int() }
const dayRow = z.object({
  day: z.string(),
  measure,
  currency: z.string(),
  kind: z.string(),
  ...sums,
})
const partRow = z.object({
  measure,
  plan_code: z.string(),
  method: z.string(),
  currency: z.string(),
  is_today: z.boolean(),
  ...sums,
})
const heldRow = z.object({ plan_code: z.string(), method: z.string(), count: sums.count })

/** By the key of the table: each measure has its days together. */
const within = (first: string, last: string) => sql`measure = any(${[...measures]}::text[])
  and day between ${first}::date and ${last}::date`

/** Sums of every day between two, both included. */
export async function loadDays(first: string, last: string): Promise<DayRow[]> {
  const rows = await db().$queryRaw`
    select day::text, measure, currency, kind, sum(count)::bigint as count,
      sum(amount)::bigint as amount
    from figures where ${within(first, last)}
    group by figures.day, measure, currency, kind having sum(count) <> 0`
  return z.array(dayRow).parse(rows)
}

/** Sums over the days by plan and method; those of today apart. */
export async function loadParts(first: string, today: string): Promise<PartRow[]> {
  const rows = await db().$queryRaw`
    select measure, plan_code, method, currency, day = ${today}::date as is_today,
      sum(count)::bigint as count, sum(amount)::bigint as amount
    from figures where ${within(first, today)}
    group by 1, 2, 3, 4, 5 having sum(count) <> 0`
  return z.array(partRow).parse(rows)
}

/** What had begun before a day and not ended before it. */
export async function loadHeld(before: string): Promise<HeldRow[]> {
  const rows = await db().$queryRaw`
    select plan_code, method,
      sum(case measure when 'began' then count else -count end)::bigint as count
    from figures where measure in ('began', 'ended') and day < ${before}::date
    group by 1, 2 having sum(count) <> 0`
  return z.array(heldRow).parse(rows)
}

/** Renewing plans whose paid time runs out on that day or later. */
export async function countRunning(from: string): Promise<number> {
  const { _sum } = await db().figure.aggregate({
    where: { measure: 'due', day: { gte: new Date(from) } },
    _sum: { count: true },
  })
  return Number(_sum.count ?? 0)
}

/** Stars that came since that day and did not go back. */
export async function loadStarsKept(from: string): Promise<number> {
  const rows = await db().$queryRaw`
    select coalesce(sum(case measure when 'charge' then amount else -amount end), 0)::bigint as amount
    from figures
    where measure in ('charge', 'returned') and day >= ${from}::date and currency = 'XTR'`
  return z.array(z.object({ amount: sums.amount })).parse(rows)[0]?.amount ?? 0
}
