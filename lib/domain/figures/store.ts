import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import { Prisma } from '@/prisma/generated/client'
import { changedDays, keptParts, partColumns, rawParts, writtenDays } from './store-raw'

const { sql } = Prisma
const rowId = 1

export type Progress = { markedAt: Date; countedAt: Date | null; graceHours: number }

export function loadProgress(): Promise<Progress | null> {
  return db().figureProgress.findUnique({
    where: { id: rowId },
    select: { markedAt: true, countedAt: true, graceHours: true },
  })
}

/**
 * The earlier of our time and the database's. Some dates are the machine's own, which in simulations
 * goes by another clock.
 */
export async function earliestNow(now: Date): Promise<Date> {
  const rows = await db().$queryRaw<{ at: Date }[]>`
    select least(${now}::timestamptz, now()) as at`
  return rows[0]?.at ?? now
}

/** From now on these days have to be counted anew. In one order, so that nobody waits in a circle. */
const mark = (tx: Tx, days: Prisma.Sql) => tx.$executeRaw`
  insert into figure_days (day) select day from (${days}) marked order by day
  on conflict (day) do update set counted_at = null`

/** Marks every day in which anything was ever written. */
export async function markAll(tx: Tx): Promise<void> {
  await mark(tx, sql`${writtenDays} union select day from figure_days`)
}

/** Marks the days whose rows changed since. */
export async function markChanged(tx: Tx, since: Date, now: Date): Promise<void> {
  await mark(tx, changedDays(since, now))
}

export async function setMarked(tx: Tx, markedAt: Date, graceHours: number): Promise<void> {
  const said = { markedAt, graceHours }
  await tx.figureProgress.upsert({
    where: { id: rowId },
    update: said,
    create: { id: rowId, ...said },
  })
}

/** Everything that had happened until then is counted. */
export async function setCounted(at: Date): Promise<void> {
  await db().figureProgress.updateMany({ where: { id: rowId }, data: { countedAt: at } })
}

/** The newest day that waits and that nobody else is counting, locked until the transaction ends. */
export async function takeMarkedDay(tx: Tx): Promise<string | null> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    select day::text from figure_days where counted_at is null
    order by day desc limit 1 for update skip locked`
  return rows[0]?.day ?? null
}

export function countMarkedDays(): Promise<number> {
  return db().figureDay.count({ where: { countedAt: null } })
}

/**
 * Counts one day anew and carries what differs from before over to the figures. The day must be
 * locked. Figures of many days change, so they are taken in one order.
 */
export async function countDay(tx: Tx, day: string, graceHours: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    with raw as (${rawParts(day, graceHours)}),
    differing as (
      select day, measure, plan_code, method, currency, kind,
        sum(count)::bigint as count, sum(amount)::bigint as amount
      from (
        select ${partColumns} from raw
        union all
        select day, measure, plan_code, method, currency, kind, -count, -amount
        from ${keptParts(sql`(select parts from figure_days where day = ${day}::date)`)}
      ) both_sides
      group by 1, 2, 3, 4, 5, 6 having sum(count) <> 0 or sum(amount) <> 0
    ),
    carried as (
      insert into figures as f (${partColumns})
      select ${partColumns} from differing order by measure, day, plan_code, method, currency, kind
      on conflict (measure, day, plan_code, method, currency, kind)
        do update set count = f.count + excluded.count, amount = f.amount + excluded.amount
    )
    update figure_days set counted_at = ${now},
      parts = (select coalesce(jsonb_agg(to_jsonb(raw)), '[]') from raw)
    where day = ${day}::date`
}
