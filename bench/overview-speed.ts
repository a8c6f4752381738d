import type pg from 'pg'
import { findOverview } from '@/lib/domain/figures/queries'
import { rollUpDays } from '@/lib/domain/figures/roll-up-days'
import { overhear, tablesReadWhole } from './overhear'
import { median, timeOf } from './page-speed'

const system = { kind: 'system' } as const

export type OverviewSpeed = {
  /** How many times longer the same sums take out of the raw rows. */
  ratio: number
  overviewMs: number
  rawMs: number
  /** Tables that the overview reads from end to end. */
  readWhole: string[]
}

const warmUps = 6
const rounds = 9
const rawRounds = 3
const range = 90

/** What the overview of these days says, out of the raw rows: money, invoices and access. */
const rawSums = [
  `select (charged_at at time zone 'UTC')::date as day, plan_code, provider, currency, is_recurring,
     is_first_recurring, count(*)::int as count, sum(amount) as amount,
     count(*) filter (where status = 'refunded') as returned,
     count(*) filter (where status = 'review' and settled_at is null) as waiting
   from payment_events where charge_id is not null
     and charged_at >= $1::date::timestamp at time zone 'UTC'
   group by 1, 2, 3, 4, 5, 6`,
  `select (refunded_at at time zone 'UTC')::date as day, plan_code, provider, currency, is_recurring,
     count(*), sum(amount) from payment_events
   where status = 'refunded' and refunded_at >= $1::date::timestamp at time zone 'UTC'
   group by 1, 2, 3, 4, 5`,
  `select (created_at at time zone 'UTC')::date as day, plan_code, method, currency, count(*),
     count(*) filter (where status = 'paid') from invoices
   where created_at >= $1::date::timestamp at time zone 'UTC' group by 1, 2, 3, 4`,
  `select at.day, n.plan_code, n.source, count(*) filter (where at.is_begin),
     count(*) filter (where not at.is_begin)
   from entitlements n, lateral (values ((n.starts_at at time zone 'UTC')::date, true),
     ((least(n.revoked_at, n.expires_at) at time zone 'UTC')::date, false)) at(day, is_begin)
   where at.day is not null and $1::date is not null group by 1, 2, 3`,
]

/** Counts what is not counted yet, then compares the overview with the raw sums in one run. */
export async function measureOverview(client: pg.Client): Promise<OverviewSpeed> {
  await rollUpDays(system)
  const show = () => findOverview(system, range)
  const { result, statements } = await overhear(show)
  const readWhole = new Set<string>()
  for (const statement of statements) {
    for (const table of await tablesReadWhole(client, statement)) readWhole.add(table)
  }

  const rawTimes: number[] = []
  for (let round = 0; round < rawRounds; round++) {
    rawTimes.push(await timeOf(() => sumRawRows(client, result.from, result.totals.charges)))
  }
  const times: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const ms = await timeOf(show)
    if (round >= 0) times.push(ms)
  }
  const overviewMs = median(times)
  // The fastest, when most of the rows were in memory already.
  const rawMs = Math.min(...rawTimes)
  return { ratio: rawMs / overviewMs, overviewMs, rawMs, readWhole: [...readWhole] }
}

async function sumRawRows(client: pg.Client, from: string, expected: number): Promise<void> {
  const [charges] = await inTurn(client, from)
  const sum = (charges ?? []).reduce((total, { count }) => total + count, 0)
  if (sum !== expected) throw new Error(`The overview says ${expected} charges, the ledger ${sum}`)
}

async function inTurn(client: pg.Client, from: string): Promise<{ count: number }[][]> {
  const answers: { count: number }[][] = []
  for (const text of rawSums) answers.push((await client.query(text, [from])).rows)
  return answers
}
