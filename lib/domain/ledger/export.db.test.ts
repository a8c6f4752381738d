import '@/lib/testing/next-runtime'

import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/cookies'
import { setRole } from '@/lib/domain/admins/set-role'
import { openSession } from '@/lib/domain/users/open-session'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { TestBrowser } from '@/lib/testing/next-request'
import { exportRoute } from '@/lib/web/export-route'
import { exportPayments, guessExported } from './export-payments'
import { listLedger } from './queries'
import type { LedgerFilter } from './schema'

const system = { kind: 'system' } as const
const total = 5000

beforeAll(async () => {
  await pool().query(
    `insert into users (id, telegram_user_id, first_name)
     values (md5('ann')::uuid, 7700001, 'Ann'), (md5('bea')::uuid, 7700002, 'Bea')`,
  )
  await pool().query(
    `insert into payment_events (id, provider, user_id, telegram_user_id, charge_id, invoice_payload,
       amount, currency, plan_code, status, charged_at, created_at, updated_at)
     select md5('x' || n)::uuid, 'stars', md5(case when n % 5 = 0 then 'bea' else 'ann' end)::uuid,
       7700001 + (n % 5 = 0)::int, 'x-' || n, 'payload', n * 7919 % 997, 'XTR', 'gold_1m',
       'completed', now(), timestamptz '2026-01-01' + n / 2 * interval '1 minute', now()
     from generate_series(1, $1::int) n`,
    [total],
  )
  await pool().query('analyze payment_events; analyze users')
})

async function idsOf(filter: LedgerFilter): Promise<string[]> {
  const csv = await text(await exportPayments(system, filter))
  const rows: Record<string, string>[] = parse(csv, { columns: true })
  return rows.map((row) => row.payment_id ?? '')
}

describe('the file', () => {
  it.each([
    { sort: 'newest' },
    { sort: 'largest' },
    { sort: 'largest', q: 'bea' },
  ] satisfies LedgerFilter[])('stands in the order of the list: %o', async (filter) => {
    const ids = await idsOf(filter)
    expect(ids).toHaveLength(filter.q ? total / 5 : total)
    const { rows } = await listLedger(system, filter)
    expect(ids.slice(0, rows.length)).toEqual(rows.map(({ id }) => id))
  })

  it('is guessed to be about as long as it is', async () => {
    const about = await guessExported(system, { sort: 'newest' })
    expect(Math.abs(about - total)).toBeLessThan(total / 10)
    expect(await guessExported(system, { sort: 'newest', status: 'review' })).toBeLessThan(100)
  })
})

describe('the door of the file', () => {
  const browser = new TestBrowser()
  const asks = (headers = {}, method = 'GET') =>
    browser.sends(browser.request('/admin/payments/export?q=bea', { headers, method }), exportRoute)

  beforeAll(async () => {
    const person = makePerson()
    const session = await openSession(person)
    const token = { sub: String(person.telegramUserId), version: session?.sessionVersion }
    browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
    await setRole(system, person.telegramUserId, 'owner', 'the test')
  })

  it('tells how many rows to expect before the first of them', async () => {
    const response = await asks({ 'sec-fetch-site': 'same-origin' })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-rows-about')).toMatch(/^\d+$/)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=/)
    const rows: unknown[] = parse(await response.text(), { columns: true })
    expect(rows).toHaveLength(total / 5)
  })

  it('begins no file for whoever asks only for its headers', async () => {
    const before = await db().auditEntry.count()
    const response = await asks({}, 'HEAD')
    expect([response.status, response.body]).toEqual([200, null])
    expect(await db().auditEntry.count()).toBe(before)
  })

  it('gives the page of another site nothing, and writes nothing down', async () => {
    const before = await db().auditEntry.count()
    for (const site of ['cross-site', 'same-site']) {
      expect((await asks({ 'sec-fetch-site': site })).status).toBe(403)
    }
    expect(await db().auditEntry.count()).toBe(before)
  })
})
