import type pg from 'pg'
import { exportPayments } from '@/lib/domain/ledger/export-payments'
import { listLedger } from '@/lib/domain/ledger/queries'
import { writeCursor } from '@/lib/domain/ledger/read-cursor'
import { type LedgerFilter, ledgerFilter } from '@/lib/domain/ledger/schema'
import { listPeople } from '@/lib/domain/people/queries'
import { type PeopleQuery, peopleQuery } from '@/lib/domain/people/schema'
import { samplePlans } from '@/prisma/seed'
import { type ExportSpeed, measureExport } from './export-speed'
import type { ListView } from './page-speed'

const admin = { kind: 'system' } as const

/** How far behind the first row of its order a deep page begins. */
const deepPart = 0.9

const filters: Record<string, string>[] = [
  {},
  ...['pending', 'completed', 'failed', 'refunded', 'review'].map((status) => ({ status })),
  ...samplePlans.map(({ code }) => ({ plan: code })),
  ...['stars', 'telegram', 'stripe'].map((method) => ({ method })),
  ...['one_off', 'first', 'renewal'].map((kind) => ({ kind })),
  ...['XTR', 'GBP', 'EUR'].map((currency) => ({ currency })),
  { from: '2024-01-01', to: '2027-12-31' },
  { status: 'refunded', plan: 'lifetime' },
  { method: 'stripe', status: 'failed' },
  { plan: 'coaching_1m', currency: 'GBP' },
  // Nothing is both.
  { plan: 'silver_1m', currency: 'GBP' },
]

export async function listViews(client: pg.Client): Promise<ListView[]> {
  const cursors = {
    newest: await deepCursor(client, 'created_at'),
    largest: await deepCursor(client, 'amount'),
  }
  const payments = (['newest', 'largest'] as const).flatMap((sort) =>
    filters.map((filter) => paymentsView(ledgerFilter.parse({ ...filter, sort }), cursors[sort])),
  )
  const searches = (await searchTerms(client)).map((q) =>
    paymentsView(ledgerFilter.parse({ q }), null),
  )
  return [...payments, ...searches, ...(await peopleViews(client))]
}

function paymentsView(filter: LedgerFilter, olderThan: string | null): ListView {
  return {
    name: `payments ${nameOf(filter)}`,
    first: () => listLedger(admin, filter),
    deep: olderThan ? () => listLedger(admin, filter, { olderThan }) : null,
  }
}

async function deepCursor(client: pg.Client, column: 'created_at' | 'amount'): Promise<string> {
  const { rows } = await client.query(
    `select id, ${column} as key from payment_events order by ${column}, id limit 1
     offset (select count(*) * ${1 - deepPart} from payment_events)::bigint`,
  )
  const { id, key } = rows[0]
  return writeCursor({ id, key: key instanceof Date ? key.toISOString() : String(key) })
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
