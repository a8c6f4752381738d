import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import { Prisma } from '@/prisma/generated/client'
import { changedDays, keptParts, partColumns, rawParts, writtenDays } from './store-raw'

const { sql } = Prisma

/** Every day in which anything was written or counted. */
export async function listDays(): Promise<string[]> {
  const rows = await db().$queryRaw<{ day: string }[]>`
    select day::text from (${writtenDays} union select day from figure_days) days order by days.day`
  return rows.map(({ day }) => day)
}

/** Takes the day, also one that was never counted, until the transaction ends. */
export async function lockDay(tx: Tx, day: string): Promise<void> {
  await tx.$executeRaw`
    insert into figure_days (day) values (${day}::date)
    on conflict (day) do update set parts = figure_days.parts`
}

/** Whether the parts of a day are exactly what its rows say. */
export async function isDayRight(tx: Tx, day: string, graceHours: number): Promise<boolean> {
  const raw = sql`select ${partColumns} from (${rawParts(day, graceHours)}) raw`
  const kept = sql`select ${partColumns}
    from ${keptParts(sql`(select parts from figure_days where day = ${day}::date)`)}`
  const rows = await tx.$queryRaw<{ right: boolean }[]>`
    select not exists ((${raw}) except all (${kept}))
      and not exists ((${kept}) except all (${raw})) as right`
  return rows[0]?.right ?? false
}

/** Whether something of the day changed since, so that it may be other than it was counted. */
export async function isChanged(tx: Tx, day: string, since: Date, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<{ changed: boolean }[]>`
    select exists (select from (${changedDays(since, now)}) c where c.day = ${day}::date) as changed`
  return rows[0]?.changed ?? true
}

const summedParts = sql`
  select day, measure, plan_code, method, currency, kind, sum(count)::bigint as count,
    sum(amount)::bigint as amount
  from (select kept.* from figure_days d, ${keptParts(sql`d.parts`)}) p
  group by 1, 2, 3, 4, 5, 6 having sum(count) <> 0 or sum(amount) <> 0`

const shownFigures = sql`
  select ${partColumns} from figures where count <> 0 or amount <> 0`

/** The days on which the figures are not the sum of their parts. */
export async function listWrongDays(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    with summed as (${summedParts}), shown as (${shownFigures})
    select distinct day::text from (
      (select * from summed except select * from shown)
      union all (select * from shown except select * from summed)
    ) wrong order by 1`
  return rows.map(({ day }) => day)
}

/** Nobody counts meanwhile; whoever reads goes on. */
export async function lockFigures(tx: Tx): Promise<void> {
  await tx.$executeRaw`lock table figures in share row exclusive mode`
}

/** Makes the figures of these days the sum of their parts. */
export async function rebuildDays(tx: Tx, days: string[]): Promise<void> {
  await tx.$executeRaw`delete from figures where day = any(${days}::date[])`
  await tx.$executeRaw`
    insert into figures (${partColumns})
    select ${partColumns} from (${summedParts}) summed where day = any(${days}::date[])`
}
