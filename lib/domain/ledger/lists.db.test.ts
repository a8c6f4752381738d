import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overhear, rowsRead, tablesReadWhole } from '@/bench/overhear'
import { listAudit } from '@/lib/domain/audit/queries'
import { auditFilter } from '@/lib/domain/audit/schema'
import { listPeople } from '@/lib/domain/people/queries'
import { peopleQuery } from '@/lib/domain/people/schema'
import { listPlansInUse } from '@/lib/domain/plans/admin-queries'
import { pool } from '@/lib/platform/pool'
import { ledgerViews } from '@/lib/testing/ledger-views'
import { listLedger } from './queries'
import { writeCursor } from './read-cursor'
import type { LedgerFilter } from './schema'
import { whereOf } from './store'
import { inlined } from './store-export'
import { searchAll } from './store-search'

const system = { kind: 'system' } as const
const count = 40_000
/** Of the tables that grow with the shop; its handful of plans may be read as a whole. */
const large = ['payment_events', 'users', 'invoices', 'entitlements', 'audit_log']

let client: pg.PoolClient

beforeAll(async () => {
  client = await pool().connect()
  const fill = async (sql: string) => client.query(sql, [count])
  await fill(
    `insert into users (id, telegram_user_id, first_name, last_name, username, reachable, banned_at,
       created_at)
     select md5('u' || n)::uuid, 7000000 + n, 'Person ' || n, 'Last' || n, 'person_' || n,
       case when n % 40 = 0 then 'blocked' else 'yes' end, case when n % 500 = 0 then now() end,
       timestamptz '2026-01-01' + n / 3 * interval '1 minute'
     from generate_series(0, $1::int - 1) n`,
  )
  await fill(
    `insert into payment_events (id, provider, user_id, telegram_user_id, charge_id, invoice_payload,
       provider_payment_charge_id, amount, currency, plan_code, status, is_recurring,
       is_first_recurring, charged_at, created_at, updated_at)
     select md5('e' || n)::uuid,
       case when n % 50 = 0 then 'telegram' when n % 50 = 1 then 'stripe' else 'stars' end,
       md5('u' || n)::uuid, 7000000 + n,
       case when n % 7 > 1 then 'charge-' || n end, 'payload-' || n, 'bank-' || n, n % 900,
       case when n % 50 < 2 then 'GBP' else 'XTR' end,
       case when n % 40 = 0 then 'coaching_1m' when n % 3 = 0 then 'gold_1m' else 'silver_1m' end,
       case n % 7 when 0 then 'pending' when 1 then 'failed' when 2 then 'refunded'
         when 3 then case when n % 91 = 3 then 'review' else 'completed' end else 'completed' end,
       n % 5 = 0, n % 10 = 0, case when n % 7 > 1 then now() end,
       timestamptz '2026-01-01' + n / 3 * interval '1 minute', now()
     from generate_series(0, $1::int - 1) n`,
  )
  await fill(
    `insert into invoices (id, user_id, plan_code, method, currency, amount, payload, created_at,
       expires_at)
     select md5('i' || n)::uuid, md5('u' || n)::uuid, 'gold_1m', 'stars', 'XTR', 500, 'i-' || n,
       now(), now() + (n % 100 - 95) * interval '1 hour' from generate_series(0, $1::int - 1) n`,
  )
  await fill(
    `insert into entitlements (id, user_id, plan_code, starts_at, expires_at, source)
     select md5('n' || n)::uuid, md5('u' || n)::uuid, 'gold_1m', now(),
       case when n % 50 > 0 then now() + (n % 100 - 95) * interval '1 day' end, 'stars'
     from generate_series(0, $1::int - 1) n`,
  )
  await fill(
    `insert into audit_log (id, actor, action, subject, subject_id, details, at)
     select md5('a' || n)::uuid, (900 + n % 5)::text, 'action_' || n % 4,
       (array['payment', 'user', 'plan'])[1 + n % 3], (n % 9000)::text, '{}',
       timestamptz '2026-01-01' + n / 3 * interval '1 minute'
     from generate_series(0, $1::int - 1) n`,
  )
  await client.query('vacuum analyze')
}, 60_000)
afterAll(() => client.release())

/** So many of the 40,000 rows of a table are more than any page needs. */
const lookMax = 4000

/** Large tables that were read from one end to the other, or nearly so, by what this asked for. */
async function readWhole(page: () => Promise<unknown>): Promise<string[]> {
  const { statements } = await overhear(page)
  expect(statements.length).toBeGreaterThan(0)
  const tables: string[] = []
  for (const statement of statements) {
    tables.push(...(await tablesReadWhole(client, statement)))
    expect(await rowsRead(client, statement)).toBeLessThan(lookMax)
  }
  return tables.filter((table) => large.includes(table))
}

/** A row that nine tenths of a list stand before, in the list's own words; null for an empty one. */
async function deep(table: string, where: string, key: string) {
  const { rows } = await client.query<{ id: string; key: string; ms: number }>(
    `with shown as (select id, ${key} as key from ${table} e where ${where})
     select id, case when pg_typeof(key)::text like 'timestamp%' then '' else key::text end as key,
       case when pg_typeof(key)::text like 'timestamp%'
         then (extract(epoch from key::text::timestamptz) * 1000)::float8 else 0 end as ms
     from shown order by key, id offset (select count(*) / 10 from shown) limit 1`,
  )
  return rows[0] ?? null
}

describe('the list of payments', () => {
  const searches = [
    '7000004',
    '@person_40',
    'person 40',
    'last40',
    'charge-45',
    'payload-44',
    'bank-50',
  ]
  const views: { name: string; filter: LedgerFilter }[] = [
    ...ledgerViews,
    ...searches.flatMap((q) =>
      (['newest', 'largest'] as const).map((sort) => ({
        name: `${q} ${sort}`,
        filter: { q, sort },
      })),
    ),
    { name: 'nothing is both', filter: { sort: 'newest', plan: 'lifetime', currency: 'GBP' } },
  ]

  it.each(views)(
    'is read out of an index, first, deep and backwards: $name',
    async ({ filter }) => {
      const where = inlined(whereOf(filter, filter.q ? searchAll(filter.q) : null))
      const row = await deep(
        'payment_events',
        where,
        filter.sort === 'largest' ? 'amount' : 'created_at',
      )
      const key = row && (filter.sort === 'largest' ? row.key : new Date(row.ms).toISOString())
      const place = row && key ? writeCursor({ key, id: row.id }) : null
      expect(await readWhole(() => listLedger(system, filter))).toEqual([])
      if (!place) return
      expect(await readWhole(() => listLedger(system, filter, { olderThan: place }))).toEqual([])
      expect(await readWhole(() => listLedger(system, filter, { newerThan: place }))).toEqual([])
    },
  )
})

describe('the other lists', () => {
  it.each(['all', 'banned', 'unreachable'] as const)(
    'read people out of an index: %s',
    async (show) => {
      const where = {
        all: 'true',
        banned: 'banned_at is not null',
        unreachable: `reachable = 'blocked'`,
      }
      const row = await deep('users', where[show], 'created_at')
      const mark = `${row?.ms}_${row?.id}`
      for (const place of [{}, { older: mark }, { newer: mark }]) {
        const query = peopleQuery.parse({ show, ...place })
        expect([place, await readWhole(() => listPeople(system, query))]).toEqual([place, []])
      }
    },
  )

  it.each(['7000004', '@person_40', 'person 40', 'last40', 'nobody'])(
    'find people by an index: %s',
    async (q) => {
      expect(await readWhole(() => listPeople(system, peopleQuery.parse({ q })))).toEqual([])
    },
  )

  it.each([
    {},
    { actor: '901' },
    { action: 'action_1' },
    { subject: 'payment' },
    { subject: 'payment', id: '42' },
    { from: '2026-01-02', to: '2026-01-05' },
  ])('read the audit log out of an index: %o', async (query) => {
    const columns = { actor: 'actor', action: 'action', subject: 'subject', id: 'subject_id' }
    const parts = Object.entries(columns).flatMap(([name, column]) =>
      name in query
        ? [`${column} = '${Object.entries(query).find(([one]) => one === name)?.[1]}'`]
        : [],
    )
    const row = await deep('audit_log', parts.join(' and ') || 'true', 'at')
    const mark = `${row?.ms}_${row?.id}`
    for (const place of [{}, { before: mark }, { after: mark }]) {
      const filter = auditFilter.parse({ ...query, ...place })
      expect([place, await readWhole(() => listAudit(system, filter))]).toEqual([place, []])
    }
  })

  it('count the use of plans out of an index', async () => {
    expect(await readWhole(() => listPlansInUse(system))).toEqual([])
  })
})
