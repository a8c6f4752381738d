import type pg from 'pg'
import { listAudit } from '@/lib/domain/audit/queries'
import { auditFilter } from '@/lib/domain/audit/schema'
import { exportPayments } from '@/lib/domain/ledger/export-payments'
import { listLedger } from '@/lib/domain/ledger/queries'
import { writeCursor } from '@/lib/domain/ledger/read-cursor'
import { type LedgerFilter, ledgerFilter } from '@/lib/domain/ledger/schema'
import { listPeople } from '@/lib/domain/people/queries'
import { type PeopleQuery, peopleQuery } from '@/lib/domain/people/schema'
import { listPlansInUse } from '@/lib/domain/plans/admin-queries'
import { samplePlans } from '@/prisma/seed'
import { type ExportSpeed, measureExport } from './export-speed'
import type { ListView } from './page-speed'

const admin = { kind: 'system' } as const

/** How far behind the first row of its order a deep page begins. */
const deepPart = 0.9

/** Every filter of the list of payments and some together, each with the same said to PostgreSQL. */
const filters: [Record<string, string>, string][] = [
  [{}, 'true'],
  ...['pending', 'completed', 'failed', 'refunded', 'review'].map(
    (status): [Record<string, string>, string] => [{ status }, `status = '${status}'`],
  ),
  ...samplePlans.map(({ code }): [Record<string, string>, string] => [
    { plan: code },
    `plan_code = '${code}'`,
  ]),
  ...['stars', 'telegram', 'stripe'].map((method): [Record<string, string>, string] => [
    { method },
    `provider = '${method}'`,
  ]),
  [{ kind: 'one_off' }, 'not is_recurring'],
  [{ kind: 'first' }, 'is_recurring and is_first_recurring'],
  [{ kind: 'renewal' }, 'is_recurring and not is_first_recurring'],
  ...['XTR', 'GBP', 'EUR'].map((currency): [Record<string, string>, string] => [
    { currency },
    `currency = '${currency}'`,
  ]),
  [
    { from: '2025-06-01', to: '2026-03-31' },
    `created_at >= '2025-06-01Z' and created_at < '2026-04-01Z'`,
  ],
  [{ status: 'refunded', plan: 'lifetime' }, `status = 'refunded' and plan_code = 'lifetime'`],
  [{ method: 'stripe', status: 'failed' }, `provider = 'stripe' and status = 'failed'`],
  [{ plan: 'coaching_1m', currency: 'GBP' }, `plan_code = 'coaching_1m' and currency = 'GBP'`],
  [
    { plan: 'gold_monthly', kind: 'renewal' },
    `plan_code = 'gold_monthly' and is_recurring
    and not is_first_recurring`,
  ],
  // Nothing is both, so that every page of it is as far as one looks, from a place among the pounds.
  [{ plan: 'silver_1m', currency: 'GBP' }, `currency = 'GBP'`],
  [{ status: 'review', plan: 'lifetime', method: 'stripe' }, 'false'],
]

export async function listViews(client: pg.Client): Promise<ListView[]> {
  const payments: ListView[] = []
  for (const [filter, where] of filters) {
    const cursor = await deepCursor(client, 'created_at', where)
    payments.push(...paymentsViews(ledgerFilter.parse(filter), cursor))
  }
  const largest = ledgerFilter.parse({ sort: 'largest' })
  payments.push(...paymentsViews(largest, await deepCursor(client, 'amount', 'true')))
  const searches = (await searchTerms(client)).flatMap((q) =>
    (['newest', 'largest'] as const).flatMap((sort) =>
      paymentsViews(ledgerFilter.parse({ q, sort }), null),
    ),
  )
  return [
    ...payments,
    ...searches,
    ...(await peopleViews(client)),
    ...(await auditViews(client)),
    { name: 'plans', first: () => listPlansInUse(admin), deep: null },
  ]
}

function paymentsViews(filter: LedgerFilter, olderThan: string | null): ListView[] {
  const name = `payments ${nameOf(filter)}`
  const first = () => listLedger(admin, filter)
  if (!olderThan) return [{ name, first, deep: null }]
  return [
    { name, first, deep: () => listLedger(admin, filter, { olderThan }) },
    {
      name: `${name}, backwards`,
      first,
      deep: () => listLedger(admin, filter, { newerThan: olderThan }),
    },
  ]
}

/** The row behind nine tenths of those that the filter shows; null where they fit on a few pages. */
async function deepCursor(
  client: pg.Client,
  column: 'created_at' | 'amount',
  where: string,
): Promise<string | null> {
  const { rows } = await client.query(
    `with shown as (select id, ${column} as key from payment_events where ${where}),
       counted as (select count(*) as n from shown)
     select id, key from shown where (select n from counted) > 1000 order by key, id limit 1
     offset (select n * ${1 - deepPart} from counted)::bigint`,
  )
  if (!rows[0]) return null
  const { id, key } = rows[0]
  return writeCursor({ id, key: key instanceof Date ? key.toISOString() : String(key) })
}

async function auditViews(client: pg.Client): Promise<ListView[]> {
  const { rows } = await client.query(
    `select id, extract(epoch from at) * 1000 as ms, subject, subject_id, action, actor from audit_log
     order by at, id limit 1 offset (select count(*) * ${1 - deepPart} from audit_log)::bigint`,
  )
  const { id, ms, subject, subject_id: subjectId, action, actor } = rows[0]
  const before = `${Math.trunc(Number(ms))}_${id}`
  const days = { from: '2025-06-01', to: '2026-03-31' }
  const queries = [{}, { actor }, { action }, { subject }, { subject, id: subjectId }, days]
  return queries.flatMap((query): ListView[] => {
    const filter = auditFilter.parse(query)
    const first = () => listAudit(admin, filter)
    const isOne = 'id' in query || 'from' in query
    const name = `audit ${nameOf(query)}`
    if (isOne) return [{ name, first, deep: null }]
    return [
      { name, first, deep: () => listAudit(admin, { ...filter, before }) },
      {
        name: `${name}, backwards`,
        first,
        deep: () => listAudit(admin, { ...filter, after: before }),
      },
    ]
  })
}

/** One of each kind: ids of a payment, an invoice and a person, a payload, a charge and names. */
async function searchTerms(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select e.id, e.invoice_id, e.telegram_user_id::text, e.invoice_payload, e.charge_id
     from payment_events e where e.invoice_id is not null and e.charge_id is not null limit 1`,
  )
  return [...Object.values<string>(rows[0]), '@ada', '@ada_1f', 'Ada Ab', 'nobody at all']
}

async function peopleViews(client: pg.Client): Promise<ListView[]> {
  const { rows } = await client.query(
    `select id, extract(epoch from created_at) * 1000 as ms from users order by created_at, id
     limit 1 offset (select count(*) * ${1 - deepPart} from users)::bigint`,
  )
  const older = `${Math.trunc(Number(rows[0].ms))}_${rows[0].id}`
  const view = (query: PeopleQuery, isDeep: boolean): ListView => ({
    name: `people ${nameOf(query)}`,
    first: () => listPeople(admin, query),
    deep: isDeep ? () => listPeople(admin, { ...query, older }) : null,
  })
  return [
    ...peopleQuery.shape.show.unwrap().options.map((show) => view({ q: '', show }, true)),
    ...['@ada', 'Ada', 'ada ab', '1000000'].map((q) => view({ q, show: 'all' }, false)),
  ]
}

const nameOf = (filter: Record<string, unknown>) =>
  Object.entries(filter)
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${String(value).slice(0, 24)}`)
    .join(' ')

/** The columns of the file, as they lie in the tables. */
const copySql = `select e.id, e.created_at, e.charged_at, e.status, e.reason, e.provider,
    e.is_recurring, e.is_first_recurring, e.plan_code, e.amount, e.currency, e.telegram_user_id,
    u.first_name, u.last_name, u.username, e.charge_id, e.provider_payment_charge_id, e.invoice_id,
    e.invoice_payload, e.subscription_expires_at, e.refunded_at
  from payment_events e left join users u on u.id = e.user_id`

export function measureWholeExport(databaseUrl: string): Promise<ExportSpeed> {
  return measureExport(databaseUrl, copySql, () => exportPayments(admin, ledgerFilter.parse({})))
}
