import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { pool } from '@/lib/platform/pool'

export const sql = async (text: string, values: unknown[] = []) =>
  (await pool().query(text, values)).rows

/** When rows were written that are there before anybody counts. */
export const longAgo = addDays(new Date(), -1)

/** So many rows of every kind, in several currencies, over 40 days up to this moment. */
export async function fillFigureRows(count: number): Promise<void> {
  await sql(
    `truncate users, payment_events, figures, figure_days, figure_progress, findings cascade`,
  )
  await sql('truncate graphile_worker._private_jobs')
  const moments = Array.from(
    { length: count },
    (_, n) => new Date(Date.now() - (n % 40) * 86_400_000 - n * 1000),
  )
  const ids = moments.map((moment) => newId(moment))
  await sql(
    `insert into users (id, telegram_user_id) select id, 7000000 + n
     from unnest($1::uuid[]) with ordinality as t(id, n)`,
    [ids],
  )
  await sql(
    `insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload, status,
       created_at, expires_at)
     select id, id, case n % 3 when 0 then 'gold_1m' else 'silver_1m' end,
       case n % 5 when 0 then 'stripe' else 'stars' end, case n % 5 when 0 then 'EUR' else 'XTR' end,
       100 + n, 30, 'payload-' || n, case n % 4 when 0 then 'open' else 'paid' end,
       created_at, now()
     from unnest($1::uuid[], $2::timestamptz[]) with ordinality as t(id, created_at, n)`,
    [ids, moments],
  )
  await sql(
    `insert into payment_events (id, provider, user_id, telegram_user_id, charge_id, invoice_id,
       invoice_payload, amount, currency, plan_code, plan_kind, status, reason, is_recurring,
       is_first_recurring, charged_at, refunded_at, created_at, updated_at)
     select gen_random_uuid(), method, user_id, 7000000, case when n % 4 > 0 then 'charge-' || n end,
       id, payload, amount, currency, case when n % 11 > 0 then plan_code end, 'one_off',
       case when n % 4 = 0 then 'failed' when n % 7 = 0 then 'refunded' when n % 13 = 0 then 'review'
         else 'completed' end,
       case when n % 4 = 0 then 'not_charged' end, n % 6 = 1, n % 12 = 1,
       case when n % 4 > 0 then created_at - (n % 9) * interval '5 hours' end,
       case when n % 4 > 0 and n % 7 = 0 then now() - (n % 3) * interval '1 day' end,
       created_at, $1
     from (select i.*, row_number() over (order by id) as n from invoices i) i`,
    [longAgo],
  )
  await sql(
    `insert into entitlements (id, user_id, plan_code, starts_at, expires_at, renews, source,
       revoked_at, created_at, updated_at)
     select user_id, user_id, plan_code, created_at,
       case when n % 10 > 0 then created_at + (n % 60) * interval '1 day' end,
       n % 10 > 0 and n % 3 = 0, method,
       case when n % 8 = 1 then created_at + (n % 5 - 1) * interval '1 day' end, created_at, $1
     from (select i.*, row_number() over (order by id) as n from invoices i) i`,
    [longAgo],
  )
}

/** The figures by another way: from the raw rows at once, each by the day it happened on. */
export const expectedFigures = () =>
  sql(`
    with money as (
      select e.*, (charged_at at time zone 'UTC')::date as charged_on, coalesce(plan_code, '') as plan,
        case when is_first_recurring then 'first' when is_recurring then 'renewal' else 'one_off' end
          as period
      from payment_events e where charge_id is not null
    ), held as (
      select *, case when revoked_at < coalesce(paid_end, 'infinity') then revoked_at else paid_end end
        as ends_at
      from (select n.*, case when renews then expires_at + interval '24 hours' else expires_at end
        as paid_end from entitlements n) n
    ), all_of_it as (
      select 'charge' as measure, charged_on as day, plan, provider as method, currency, period as kind,
        amount from money
      union all select 'returned', charged_on, plan, provider, currency, period, amount from money
        where status = 'refunded'
      union all select 'review', charged_on, plan, provider, currency, period, amount from money
        where status = 'review' and settled_at is null
      union all select 'refund', (refunded_at at time zone 'UTC')::date, plan, provider, currency,
        period, amount from money where status = 'refunded'
      union all select 'invoice', (created_at at time zone 'UTC')::date, plan_code, method, currency,
        '', amount from invoices
      union all select 'invoice_paid', (created_at at time zone 'UTC')::date, plan_code, method,
        currency, '', amount from invoices where status = 'paid'
      union all select 'began', (starts_at at time zone 'UTC')::date, plan_code, source, '', '', 0
        from held where ends_at is null or ends_at > starts_at
      union all select 'ended', (ends_at at time zone 'UTC')::date, plan_code, source, '', '', 0
        from held where ends_at > starts_at
      union all select 'due', (expires_at at time zone 'UTC')::date, plan_code, source, '', '', 0
        from held where renews and revoked_at is null and ends_at > starts_at
    )
    select measure, day::text, plan as plan_code, method, currency, kind, count(*)::text as count,
      sum(amount)::bigint::text as amount
    from all_of_it group by 1, all_of_it.day, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`)

export const shownFigures = () =>
  sql(`select measure, day::text, plan_code, method, currency, kind, count::text, amount::text
    from figures where count <> 0 or amount <> 0 order by 1, 2, 3, 4, 5, 6`)
