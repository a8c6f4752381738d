import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AdminActor, AdminRole } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { ledgerViews } from '@/lib/testing/ledger-views'
import { Prisma } from '@/prisma/generated/client'
import { unguarded } from './csv'
import { exportPayments } from './export-payments'
import { listLedger, pageSize } from './queries'
import { writeCursor } from './read-cursor'
import type { LedgerFilter, LedgerRow } from './schema'
import { guarded, inlined, streamCsv } from './store-export'

const admin = (role: AdminRole): AdminActor => ({
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role,
  from: '127.0.0.1',
})
const owner = admin('owner')
const all: LedgerFilter = { sort: 'newest' }

/** So many rows of every kind, several in the same moment. */
async function fill(count: number): Promise<void> {
  await pool().query('truncate users, payment_events, audit_log cascade')
  await pool().query(
    `insert into users (id, telegram_user_id, first_name, username)
     select md5('u' || n)::uuid, 7000000 + n, 'Person ' || n, 'person_' || n
     from generate_series(0, $1::int / 10) n`,
    [count],
  )
  await pool().query(
    `insert into payment_events (id, provider, user_id, telegram_user_id, charge_id, invoice_payload,
       amount, currency, plan_code, status, reason, is_recurring, is_first_recurring, charged_at,
       created_at, updated_at)
     select md5('e' || n)::uuid,
       case when n % 50 = 0 then 'telegram' when n % 50 = 1 then 'stripe' else 'stars' end,
       md5('u' || n / 10)::uuid, 7000000 + n / 10,
       case when n % 7 in (0, 1) then null else 'charge-' || n end, 'payload-' || n, n % 900,
       case when n % 50 < 2 then 'GBP' else 'XTR' end,
       case when n % 40 = 0 then 'coaching_1m' when n % 3 = 0 then 'gold_1m' else 'silver_1m' end,
       case n % 7 when 0 then 'pending' when 1 then 'failed' when 2 then 'refunded'
         when 3 then case when n % 91 = 3 then 'review' else 'completed' end else 'completed' end,
       null, n % 5 = 0, n % 10 = 0,
       case when n % 7 in (0, 1) then null else timestamptz '2026-01-01' + n / 3 * interval '1 minute' end,
       timestamptz '2026-01-01' + n / 3 * interval '1 minute', now()
     from generate_series(0, $1::int - 1) n`,
    [count],
  )
  await pool().query('analyze payment_events; analyze users')
}

async function walk(filter: LedgerFilter): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  let olderThan: string | undefined
  do {
    const page = await listLedger(owner, filter, { olderThan })
    rows.push(...page.rows)
    olderThan = page.older ?? undefined
  } while (olderThan)
  return rows
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

describe('the list of payments', () => {
  beforeEach(() => fill(500))

  it.each(['newest', 'largest'] as const)(
    'visits every row once, %s first, forwards and backwards',
    async (sort) => {
      const rows = await walk({ sort })
      expect(new Set(idsOf(rows)).size).toBe(500)
      expect(rows).toHaveLength(500)
      const keys = rows.map((row) => (sort === 'newest' ? row.created_at : row.amount))
      expect(keys).toEqual(keys.toSorted((a, b) => (a === b ? 0 : a > b ? -1 : 1)))

      const back: LedgerRow[] = []
      let last = await listLedger(owner, { sort })
      while (last.older) last = await listLedger(owner, { sort }, { olderThan: last.older })
      back.unshift(...last.rows)
      while (last.newer) {
        last = await listLedger(owner, { sort }, { newerThan: last.newer })
        back.unshift(...last.rows)
      }
      expect(idsOf(back)).toEqual(idsOf(rows))
    },
  )

  it('neither repeats nor skips what was there when new rows come between two pages', async () => {
    const before = idsOf(await walk(all))
    const first = await listLedger(owner, all)
    await db().paymentEvent.create({
      data: {
        id: newId(),
        provider: 'stars',
        telegramUserId: 7,
        invoicePayload: 'late',
        amount: 1,
        currency: 'XTR',
        status: 'pending',
        createdAt: new Date('2030-01-01'),
        updatedAt: new Date(),
      },
    })
    const second = await listLedger(owner, all, { olderThan: first.older ?? '' })
    expect([...idsOf(first.rows), ...idsOf(second.rows)]).toEqual(before.slice(0, 2 * pageSize))
  })

  it.each(ledgerViews)('shows of "$name" what fits and nothing else', async ({ filter }) => {
    const { sort: _, from, to, plan, method, ...rest } = filter
    const everything = await walk(all)
    const fits = (row: LedgerRow) =>
      Object.entries(rest).every(([name, value]) => row[name as keyof LedgerRow] === value) &&
      (!plan || row.plan_code === plan) &&
      (!method || row.method === method) &&
      (!from || row.created_at >= from) &&
      (!to || row.created_at.slice(0, 10) <= to)
    const expected = everything.filter(fits)
    expect(expected.length).toBeGreaterThan(0)
    expect(idsOf(await walk(filter)).toSorted()).toEqual(idsOf(expected).toSorted())
  })

  it.each([
    ['a Telegram id', '7000004', 10],
    ['a username', '@person_4', 110],
    ['the beginning of a name', 'Person 4', 110],
    ['a charge id', 'charge-44', 1],
    ['a payment id', 'e', 1],
    ['a payload of another shop', 'payload-44', 1],
    ['a text that nothing has', 'order-7', 0],
    ['nobody', 'Nobody', 0],
    ['a wildcard', '%', 0],
    ['a text that looks like SQL', "' or 1=1 --", 0],
  ])('finds by %s', async (_, typed, count) => {
    const [row] = await walk(all)
    const q = typed === 'e' ? (row?.id ?? '') : typed
    expect(await walk({ ...all, q })).toHaveLength(count)
  })

  it.each(['x', btoa('["2026","1"]'), btoa('[1,2]'), 'e30', ''])(
    'refuses the place %j',
    async (olderThan) => {
      const listing = listLedger(owner, all, { olderThan })
      await expect(listing).rejects.toMatchObject({ code: 'invalid_request' })
    },
  )
})

describe('terms that no index knows together', () => {
  beforeEach(() => fill(500))

  it.each<Partial<LedgerFilter>>([
    { plan: 'silver_1m', currency: 'GBP' },
    { plan: 'gold_1m', kind: 'one_off', status: 'failed' },
    { method: 'stars', currency: 'GBP' },
    { method: 'stars', kind: 'one_off', from: '2026-01-01', to: '2026-01-01' },
    { currency: 'EUR', plan: 'gold_1m' },
  ])('are looked for a few rows at a time, both ways, and nothing is missed: %o', async (terms) => {
    const filter: LedgerFilter = { ...all, ...terms }
    const fits = await walk(filter)
    const at = (row: LedgerRow) => `${row.created_at} ${row.id}`
    const rows: LedgerRow[] = []
    let page = await listLedger(owner, filter, {}, 7)
    rows.push(...page.rows)
    for (; page.older; rows.push(...page.rows)) {
      page = await listLedger(owner, filter, { olderThan: page.older }, 7)
      expect(page.rows.length).toBeLessThanOrEqual(7)
    }
    expect(idsOf(rows)).toEqual(idsOf(fits))
    expect(page.lookedTo).toBeNull()

    const back = [...page.rows]
    for (; page.newer; back.unshift(...page.rows)) {
      page = await listLedger(owner, filter, { newerThan: page.newer }, 7)
    }
    // From an empty page back, rows of one millisecond may come once more.
    expect([...new Set(back.map(at))].toSorted()).toEqual(fits.map(at).toSorted())
  })

  it('are not sorted by amount', async () => {
    const listing = listLedger(owner, { sort: 'largest', plan: 'gold_1m' })
    await expect(listing).rejects.toMatchObject({ code: 'invalid_request' })
  })

  it('show no row from outside their dates, wherever the address says the page begins', async () => {
    const last = (await walk(all)).at(-1)
    const far = writeCursor({ key: '2030-01-01T00:00:00.000Z', id: newId() })
    const before = writeCursor({ key: '2020-01-01T00:00:00.000Z', id: newId() })
    const filter: LedgerFilter = { ...all, from: '2026-01-02', to: '2026-01-02' }
    expect(last?.created_at.slice(0, 10)).toBe('2026-01-01')
    for (const place of [{ olderThan: far }, { newerThan: before }]) {
      const { rows } = await listLedger(
        owner,
        { ...filter, from: '2026-01-01', to: '2026-01-01' },
        place,
      )
      expect(rows.map((row) => row.created_at.slice(0, 10))).toEqual(rows.map(() => '2026-01-01'))
      expect((await listLedger(owner, filter, place)).rows).toEqual([])
    }
  })
})

describe('a search that fits more people than a page looks at', () => {
  beforeEach(() => fill(5000))

  it('says so, always looks at the same ones, and the file has all of them', async () => {
    const filter = { ...all, q: 'person' }
    const [first, again] = [await listLedger(owner, filter), await listLedger(owner, filter)]
    expect(first.isCut).toBe(true)
    expect(idsOf(again.rows)).toEqual(idsOf(first.rows))
    const walked = await walk(filter)
    expect(new Set(idsOf(walked)).size).toBe(walked.length)
    expect(walked.length).toBeLessThan(5000)
    expect((await listLedger(owner, { ...all, q: 'person 4' })).isCut).toBe(false)

    let file = ''
    for await (const part of await exportPayments(owner, filter)) file += String(part)
    expect(file.trimEnd().split(/\r?\n/)).toHaveLength(5001)
  })
})

describe('the export', () => {
  beforeEach(() => fill(300))
  const read = async (filter: LedgerFilter, actor = owner) =>
    (await buffer(await exportPayments(actor, filter))).toString('utf8')

  it('holds exactly what the list shows, to the unit', async () => {
    for (const filter of [
      all,
      { ...all, status: 'refunded' as const },
      { ...all, q: 'Person 4' },
    ]) {
      const rows: Record<string, string>[] = parse(await read(filter), { columns: true })
      const listed = await walk(filter)
      expect(
        rows.map((row) => [row.payment_id, row.amount_in_smallest_unit, row.created_at]),
      ).toEqual(listed.map((row) => [row.id, String(row.amount), row.created_at]))
    }
  })

  it('is written into the audit log with its filter before it begins', async () => {
    const stream = await exportPayments(owner, { ...all, plan: 'gold_1m' })
    stream.destroy()
    const entry = await db().auditEntry.findFirstOrThrow({ where: { action: 'export_payments' } })
    expect(entry).toMatchObject({ actor: '1', details: { plan: 'gold_1m', sort: 'newest' } })
  })

  it('is not for viewers', async () => {
    await expect(read(all, admin('viewer'))).rejects.toMatchObject({ code: 'forbidden' })
    expect(await db().auditEntry.count({ where: { action: 'export_payments' } })).toBe(0)
  })

  it('ends at the database when nobody reads on', async () => {
    const running = async () => {
      const { rows } = await pool().query<{ count: number }>(
        `select count(*)::int from pg_stat_activity
         where application_name = 'starpass export' and datname = current_database()`,
      )
      return rows[0]?.count
    }
    const stream = await exportPayments(owner, all)
    expect(await running()).toBe(1)
    stream.destroy()
    await expect.poll(running).toBe(0)
  })
})

/** As spreadsheets read where commas stand in numbers: a quote inside a cell means nothing. */
const splitAtSemicolons = (csv: string) =>
  parse(csv, { delimiter: ';', relax_quotes: true, relax_column_count: true }) as string[][]

describe('text in the export', () => {
  const nasty = fc.oneof(
    fc
      .array(
        fc.constantFrom(';', ',', '\t', '|', '\n', '\r\n', '"', "'", ' ', '=', '+', '@', '-', 'a'),
      )
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          '\t',
          '\r',
          '\n',
          "'",
          ' =',
          '＝',
          '\u00a0=',
          '"',
          ';',
          ',',
        ),
        fc.string(),
      )
      .map((parts) => parts.join('')),
  )
  let texts: string[] = []
  let cells: string[] = []
  let csv = ''

  beforeAll(async () => {
    // PostgreSQL stores no NUL and no half of a character, so neither can come out of it.
    texts = fc
      .sample(nasty, { numRuns: 10_000, seed: 20261124 })
      .map((text) => text.replaceAll('\0', '').toWellFormed())
    const statement = Prisma.sql`select ${guarded(Prisma.sql`t.text`)} as text
      from unnest(${texts}::text[]) with ordinality as t(text, n) order by t.n`
    csv = (await buffer(await streamCsv(statement))).toString('utf8')
    const rows: Record<string, string>[] = parse(csv, { columns: true })
    cells = rows.map((row) => row.text ?? '')
  })

  it('comes back as it was, 10,000 times', () => {
    expect(cells).toHaveLength(10_000)
    expect(cells.map(unguarded)).toEqual(texts)
  })

  it('is never what a spreadsheet takes for a formula', () => {
    expect(cells.filter((cell) => /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([])
    expect(cells.filter((cell) => /^[\t\r\n]/.test(cell))).toEqual([])
  })

  it('is no formula either where semicolons, tabs or bars end a cell, quoted or not', () => {
    const cut = [
      ...splitAtSemicolons(csv).flat(),
      ...csv.split(/[;\t|\r\n]/),
      // The quote that closes a cell of the other dialect may be one of the text's own.
      ...csv.split(/[;\t|\r\n]/).map((part) => part.replaceAll('"', '')),
    ]
    expect(cut.length).toBeGreaterThan(20_000)
    expect(cut.filter((cell) => /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([])
  })

  it('cannot leave its place in the statement', () => {
    const statement = Prisma.sql`select ${"x' or '1'='1"}, ${'\\'}, ${null}`
    expect(inlined(statement)).toBe(`select 'x'' or ''1''=''1',  E'\\\\', null`)
  })
})
