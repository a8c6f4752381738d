import { Prisma } from '@/prisma/generated/client'

const { sql } = Prisma

/** The columns of a part, in their order. */
export const partColumns = sql`day, measure, plan_code, method, currency, kind, count, amount`

/** What a row of `figure_days` keeps, as rows. */
export const keptParts = (parts: Prisma.Sql) => sql`jsonb_to_recordset(${parts}) as kept(day date,
  measure text, plan_code text, method text, currency text, kind text, count bigint, amount bigint)`

const utcDay = (at: Prisma.Sql) => sql`(${at} at time zone 'UTC')::date`

/** The day on which an id was made: the first 48 bits are its moment in ms (kit/ids.ts). */
export const dayOfId = (id: Prisma.Sql) => sql`(date '1970-01-01'
  + (('x' || lpad(left(replace(${id}::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 86400000)::int)`

/** The least id of a day. */
export const firstIdOf = (day: Prisma.Sql) => sql`(lpad(to_hex((${day} - date '1970-01-01')::bigint
  * 86400000), 12, '0') || '00000000000000000000')::uuid`

const startOf = (day: Prisma.Sql) => sql`(${day}::timestamp at time zone 'UTC')`

const idsOfDay = (id: Prisma.Sql, day: string) => {
  const date = sql`${day}::date`
  return sql`${id} >= ${firstIdOf(date)} and ${id} < ${firstIdOf(sql`(${date} + 1)`)}`
}

/**
 * What the rows that were written on a day add to the figures, by the ledger itself. A row of the
 * ledger is found by when it was written, invoices and entitlements by when their id was made. None
 * of the three ever changes.
 */
export const rawParts = (day: string, graceHours: number) => sql`
  select ${utcDay(sql`m.at`)} as day, m.measure, coalesce(e.plan_code, '') as plan_code,
    e.provider as method, e.currency, case when not e.is_recurring then 'one_off'
      when e.is_first_recurring then 'first' else 'renewal' end as kind,
    count(*) as count, sum(e.amount)::bigint as amount
  from payment_events e, lateral (values
    ('charge', coalesce(e.charged_at, e.created_at), true),
    ('returned', coalesce(e.charged_at, e.created_at), e.status = 'refunded'),
    ('review', coalesce(e.charged_at, e.created_at), e.status = 'review' and e.settled_at is null),
    ('refund', coalesce(e.refunded_at, e.charged_at, e.created_at), e.status = 'refunded')
  ) as m(measure, at, counts)
  where m.counts and e.charge_id is not null
    and e.created_at >= ${startOf(sql`${day}::date`)}
    and e.created_at < ${startOf(sql`(${day}::date + 1)`)}
  group by 1, 2, 3, 4, 5, 6
  union all
  select ${day}::date, m.measure, i.plan_code, i.method, i.currency, '', count(*),
    sum(i.amount)::bigint
  from invoices i, lateral (values ('invoice', true), ('invoice_paid', i.status = 'paid'))
    as m(measure, counts)
  where m.counts and ${idsOfDay(sql`i.id`, day)}
  group by 2, 3, 4, 5
  union all
  select ${utcDay(sql`m.at`)}, m.measure, n.plan_code, n.source, '', '', count(*), 0::bigint
  from entitlements n, lateral (select least(n.revoked_at, n.expires_at
      + case when n.renews then ${graceHours}::float8 else 0 end * interval '1 hour') as ends_at) x,
    lateral (values
      ('began', n.starts_at, true),
      ('ended', x.ends_at, x.ends_at is not null),
      ('due', n.expires_at, n.renews and n.revoked_at is null and n.expires_at is not null)
    ) as m(measure, at, counts)
  where m.counts and (x.ends_at is null or x.ends_at > n.starts_at)
    and ${idsOfDay(sql`n.id`, day)}
  group by 1, 2, 3, 4`

/** The days of the rows that changed since, and those in which an invoice may have been made. */
export const changedDays = (since: Date, now: Date) => sql`
  select distinct day from (
    select ${utcDay(sql`created_at`)} as day from payment_events
    where charge_id is not null and updated_at >= ${since}
    union all
    select ${dayOfId(sql`invoice_id`)} from payment_events
    where charge_id is not null and updated_at >= ${since} and invoice_id is not null
    union all
    select ${dayOfId(sql`id`)} from entitlements where updated_at >= ${since}
    union all
    select generate_series(${utcDay(sql`least(${since}::timestamptz, ${now}::timestamptz)`)}::timestamp,
      ${utcDay(sql`${now}::timestamptz`)}::timestamp, interval '1 day')::date
  ) changed`

/** The first day from a day on in which anything was written; by indexes alone. */
const nextDay = (day: Prisma.Sql) => sql`least(
  (select ${utcDay(sql`created_at`)} from payment_events where created_at >= ${startOf(day)}
    order by created_at, id limit 1),
  (select ${dayOfId(sql`id`)} from invoices where id >= ${firstIdOf(day)} order by id limit 1),
  (select ${dayOfId(sql`id`)} from entitlements where id >= ${firstIdOf(day)} order by id limit 1))`

/** Every day in which anything was written, from one such day to the next. */
export const writtenDays = sql`
  with recursive written(day) as (
    select ${nextDay(sql`date '1970-01-01'`)}
    union all
    select ${nextDay(sql`(written.day + 1)`)} from written where written.day is not null
  )
  select day from written where day is not null`
