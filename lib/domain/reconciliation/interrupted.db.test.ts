import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { resolveFinding } from '@/lib/domain/findings/resolve-finding'
import { signPayload } from '@/lib/domain/invoices/payload'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { listStarTransactions } from '@/lib/telegram/star-transactions'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { inOrder, pageOf, refundRow, type StarRow, saleRow } from '@/lib/testing/star-rows'
import { reconcile } from './reconcile'
import { mirror } from './store'

const system = { kind: 'system' } as const
let api: FakeBotApi
let list: StarRow[]

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getStarTransactions', (asked) => pageOf(list, asked))
})
afterAll(() => api.close())
beforeEach(async () => {
  await pool().query(
    'truncate star_transactions, reconciliation_runs, findings, payment_events cascade',
  )
  list = []
})

/** Charges that nobody told us of, the first so many days ago, two hours apart. */
function lost(count: number, daysAgo: number) {
  const sales = Array.from({ length: count }, (_, index) => {
    const at = addDays(new Date(), -daysAgo + index / 12)
    const { telegramUserId } = makePerson()
    const terms = { telegramUserId, currency: 'XTR', amount: 500 }
    const payload = signPayload({ id: newId(), planCode: 'gold_1m', issuedAt: at, ...terms })
    return { chargeId: `lost-${newId()}`, telegramUserId, payload, amount: 500, at }
  })
  list = inOrder([...list, ...sales.map(saleRow)])
  return sales
}
const booked = async () =>
  (await db().paymentEvent.findMany({ where: { status: 'completed' } })).map((row) => row.chargeId)
const finding = (kind: string) => db().finding.findFirst({ where: { kind } })

describe('a comparison that was interrupted', () => {
  it('goes on where it got to, though everything it had copied is older than it looks back', async () => {
    const sales = lost(150, 20)
    // As a process leaves it that dies after it copied the first page and before it repaired it.
    await mirror(await listStarTransactions(0), 0, new Date())
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 150 })
    expect(await booked()).toHaveLength(sales.length)
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 0 })
    expect(await reconcile(system, 'full')).toMatchObject({ repaired: 0 })
  })

  it('is not undone by a whole comparison that died early', async () => {
    lost(150, 20)
    await reconcile(system, 'tail')
    await db().reconciliationRun.create({
      data: { id: newId(), scope: 'full', startedAt: new Date(), position: 10 },
    })
    const { seen } = (await reconcile(system, 'tail')) as { seen: number }
    expect(seen).toBeLessThan(50)
  })
})

describe('one row that cannot be taken over', () => {
  const breaks = (chargeId: string) =>
    pool().query(
      `alter table payment_events add constraint planted check (charge_id <> '${chargeId}')`,
    )
  const heals = () => pool().query('alter table payment_events drop constraint planted')

  it('holds up no other, is a finding, and is taken over once it can be, however old it is', async () => {
    const sales = lost(150, 20)
    const bad = sales[40]?.chargeId ?? ''
    await breaks(bad)
    for (let run = 0; run < 2; run++) {
      await reconcile(system, 'tail')
      expect(await booked()).toHaveLength(149)
      expect(await finding('repair_failed')).toMatchObject({ subject: bad, resolvedAt: null })
    }
    const [run] = await db().reconciliationRun.findMany({ orderBy: { startedAt: 'desc' }, take: 1 })
    expect(run?.problem).toMatch(/1 rows could not be taken over/)
    await heals()
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 1 })
    expect(await booked()).toContain(bad)
    expect(await finding('repair_failed')).not.toMatchObject({ resolvedAt: null })
  })

  it('may have a shape that nobody knows', async () => {
    const [first] = lost(2, 1)
    const strange: object = { id: 'strange', stars: 'many' }
    list.splice(1, 0, strange as StarRow, null as unknown as StarRow)
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 2, seen: 4 })
    expect(await booked()).toContain(first?.chargeId)
    const findings = await db().finding.findMany({ where: { kind: 'repair_failed' } })
    expect(findings.map((one) => one.subject).sort()).toEqual(['position 2', 'strange'])
  })
})

describe('comparing that fails again and again', () => {
  it('is a finding after the third time, until it works', async () => {
    api.refuse('getStarTransactions', 500, 'Internal Server Error')
    for (let run = 1; run <= 3; run++) {
      expect(await finding('comparison_failing')).toBeNull()
      await expect(reconcile(system, 'tail')).rejects.toThrow()
    }
    expect(await finding('comparison_failing')).toMatchObject({ resolvedAt: null })
    api.reset()
    await reconcile(system, 'tail')
    expect(await finding('comparison_failing')).not.toMatchObject({ resolvedAt: null })
  })
})

describe('a difference that a person settled', () => {
  it('stays settled while nothing changes, and is news when it does', async () => {
    const [sale] = lost(1, 1)
    if (!sale) throw new Error('nothing was sold')
    await reconcile(system, 'tail')
    list[0] = saleRow({ ...sale, amount: 499 })
    const jobs = async () =>
      (await pool().query("select from graphile_worker.jobs where key like 'finding:%'"))
        .rowCount ?? 0
    const before = await jobs()
    await reconcile(system, 'tail')
    const found = await finding('terms_differ')
    expect(await jobs()).toBe(before + 1)
    const admin = { kind: 'admin', telegramUserId: 7, role: 'owner', from: '::1' } as const
    await resolveFinding({ ...admin, firstName: 'Ada' }, found?.id ?? '', 'looked at it')
    await reconcile(system, 'tail')
    await reconcile(system, 'full')
    expect(await finding('terms_differ')).not.toMatchObject({ resolvedAt: null })
    expect(await jobs()).toBe(before + 1)

    list[0] = saleRow({ ...sale, amount: 498 })
    await reconcile(system, 'tail')
    expect(await finding('terms_differ')).toMatchObject({ resolvedAt: null })
    expect(await jobs()).toBe(before + 2)
    list.push(refundRow(sale, new Date()))
    await reconcile(system, 'tail')
  })
})
