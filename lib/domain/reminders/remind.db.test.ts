import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { Prisma } from '@/prisma/generated/client'
import { forgetOldReminders } from './forget-old-reminders'
import { findReminderToSend } from './queries'
import { remind } from './remind'
import { slotsAt } from './rules'
import { type Candidate, type Cursor, candidatesSql, loadCandidates } from './store'

const system = { kind: 'system' } as const
let people = 0

type Overrides = Partial<{
  planCode: string
  startsAt: Date
  expiresAt: Date | null
  renews: boolean
  revokedAt: Date | null
  userId: string
  reachable: string
  bannedAt: Date
  deletedAt: Date
}>

/** Somebody who holds a plan that ends in two days. */
async function hold(overrides: Overrides = {}) {
  const { reachable, bannedAt, deletedAt, userId = newId(), ...rest } = overrides
  people += 1
  if (!overrides.userId) {
    await db().user.create({
      data: {
        id: userId,
        telegramUserId: 6_000_000_000 + people,
        reachable: reachable ?? 'yes',
        bannedAt: bannedAt ?? null,
        deletedAt: deletedAt ?? null,
      },
    })
  }
  const entitlement = await db().entitlement.create({
    data: {
      id: newId(),
      userId,
      planCode: 'gold_1m',
      startsAt: addDays(new Date(), -28),
      expiresAt: addDays(new Date(), 2),
      source: 'stars',
      ...rest,
    },
  })
  return { userId, entitlement }
}
const endAt = (id: string, expiresAt: Date) =>
  db().entitlement.update({ where: { id }, data: { expiresAt } })
const reminders = () => db().reminder.findMany({ orderBy: { daysBefore: 'desc' } })
const queued = async () =>
  (
    await pool().query<{ reminderId: string; queue: string; priority: number; waits: number }>(
      `select payload->>'reminderId' as "reminderId", queue_name as queue, priority,
        round(extract(epoch from run_at - created_at))::int as waits
      from graphile_worker._private_jobs j
        join graphile_worker._private_job_queues q on q.id = j.job_queue_id
      order by j.id`,
    )
  ).rows
const setDays = (value: number[]) =>
  db().setting.upsert({
    where: { name: 'reminderDays' },
    update: { value },
    create: { name: 'reminderDays', value, updatedBy: 'test', updatedAt: new Date() },
  })

beforeEach(async () => {
  await pool().query('truncate reminders, entitlements, users, settings cascade')
  await pool().query('delete from graphile_worker._private_jobs')
})

describe('reminders', () => {
  it('queues one message for one end, however often it is looked', async () => {
    await hold()
    expect(await remind(system)).toBe(1)
    expect(await remind(system)).toBe(0)
    expect(await reminders()).toMatchObject([{ kind: 'before_end', daysBefore: 3 }])
    const [job] = await queued()
    expect(job).toMatchObject({ queue: 'bulk', priority: 10, waits: 0 })
  })

  it('queues one message although several workers look at the same time', async () => {
    for (let index = 0; index < 40; index++) await hold()
    const counts = await Promise.all([1, 2, 3, 4].map(() => remind(system)))
    expect(counts.reduce((a, b) => a + b)).toBe(40)
    expect(await reminders()).toHaveLength(40)
    expect(new Set((await queued()).map((job) => job.reminderId)).size).toBe(40)
  })

  it('reminds again of the new end after an extension, and drops the message of the old one', async () => {
    const { entitlement } = await hold()
    await remind(system)
    await endAt(entitlement.id, addDays(new Date(), 32))
    const [first] = await reminders()
    expect(await findReminderToSend(system, first?.id ?? '')).toBeNull()
    expect(await remind(system)).toBe(0)
    await endAt(entitlement.id, addDays(new Date(), 2.5))
    expect(await remind(system)).toBe(1)
  })

  it('says nothing about what runs on, renews, never ends, begins later or was taken back', async () => {
    const now = new Date()
    const { userId } = await hold({ planCode: 'silver_1m' })
    await hold({ userId, planCode: 'gold_3m', expiresAt: addDays(now, 40) })
    await hold({ planCode: 'gold_monthly', renews: true })
    await hold({ planCode: 'lifetime', expiresAt: null })
    await hold({ startsAt: addDays(now, 1) })
    await hold({ revokedAt: now })
    expect(await remind(system)).toBe(0)
    expect(await reminders()).toEqual([])
  })

  it('speaks of the end of a higher tier although a lower one runs on', async () => {
    const { userId } = await hold()
    await hold({ userId, planCode: 'silver_3m', expiresAt: addDays(new Date(), 40) })
    expect(await remind(system)).toBe(1)
  })

  it.each([
    [{ reachable: 'blocked' }],
    [{ reachable: 'never_started' }],
    [{ bannedAt: new Date() }],
    [{ deletedAt: new Date() }],
  ])('writes to nobody who is %o, and does not catch up afterwards', async (state) => {
    const { userId } = await hold(state)
    expect(await remind(system)).toBe(0)
    const free = { reachable: 'yes', bannedAt: null, deletedAt: null }
    await db().user.update({ where: { id: userId }, data: free })
    expect(await remind(system)).toBe(0)
    await db().entitlement.updateMany({ data: { expiresAt: addDays(new Date(), -0.1) } })
    expect(await remind(system)).toBe(1)
  })

  it('drops a queued message to somebody who blocked the bot meanwhile', async () => {
    const { userId } = await hold()
    await remind(system)
    await db().user.update({ where: { id: userId }, data: { reachable: 'blocked' } })
    const [one] = await reminders()
    expect(await findReminderToSend(system, one?.id ?? '')).toBeNull()
  })

  it('does not tell old stories after a long outage', async () => {
    const now = new Date()
    await hold({ expiresAt: addDays(now, -5) })
    await hold({ expiresAt: addDays(now, -2) })
    await setDays([14, 7, 3])
    await hold({ expiresAt: addDays(now, 1) })
    expect(await remind(system)).toBe(2)
    expect(await reminders()).toMatchObject([
      { kind: 'before_end', daysBefore: 3 },
      { kind: 'ended', daysBefore: 0 },
    ])
  })

  it('reminds at every day the owner chose', async () => {
    await setDays([1, 10])
    const { entitlement } = await hold({ expiresAt: addDays(new Date(), 9) })
    await remind(system)
    await pool().query("update entitlements set starts_at = starts_at - interval '10 days'")
    expect(await reminders()).toMatchObject([{ daysBefore: 10 }])
    await endAt(entitlement.id, addDays(new Date(), 0.9))
    await remind(system)
    expect(await reminders()).toMatchObject([{ daysBefore: 10 }, { daysBefore: 1 }])
  })

  it('gives several messages to one person a second each', async () => {
    const { userId } = await hold()
    await hold({ userId, planCode: 'coaching_1m' })
    await remind(system)
    expect((await queued()).map((job) => job.waits).sort()).toEqual([0, 1])
  })

  it('offers to buy only what is sold and would be accepted now', async () => {
    await setDays([30])
    const { entitlement } = await hold({ expiresAt: addDays(new Date(), 20) })
    await db().entitlement.updateMany({ data: { startsAt: addDays(new Date(), -60) } })
    await remind(system)
    const [one] = await reminders()
    expect(await findReminderToSend(system, one?.id ?? '')).toMatchObject({ canBuyNow: false })
    await endAt(entitlement.id, addDays(new Date(), -1))
    await remind(system)
    const ended = (await reminders()).find((reminder) => reminder.kind === 'ended')
    expect(await findReminderToSend(system, ended?.id ?? '')).toMatchObject({ canBuyNow: true })
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: false } })
    expect(await findReminderToSend(system, ended?.id ?? '')).toMatchObject({ canBuyNow: false })
    await db().plan.update({ where: { code: 'gold_1m' }, data: { onSale: true } })
  })

  it('pages through many plans that end at the very same moment', async () => {
    const expiresAt = addDays(new Date(), 2)
    const slot = slotsAt({ now: new Date(), graceHours: 24, reminderDays: [3] })[0]
    for (let index = 0; index < 7; index++) await hold({ expiresAt })
    const seen = new Set<string>()
    let from: Cursor | null = null
    for (;;) {
      const page: Candidate[] = slot ? await loadCandidates(slot, from, 3) : []
      for (const one of page) seen.add(one.id)
      const last = page.at(-1)
      if (!last || page.length < 3) break
      from = { expiresAt, id: last.id }
    }
    expect(seen.size).toBe(7)
  })

  it('finds who is to be told by an index, however many plans there are', async () => {
    await pool().query(`
      insert into users (id, telegram_user_id, created_at, updated_at)
      select gen_random_uuid(), 9000000000 + n, now(), now() from generate_series(1, 30000) n`)
    await pool().query(`
      insert into entitlements (id, user_id, plan_code, starts_at, expires_at, source)
      select gen_random_uuid(), id, 'gold_1m', now() - interval '1000 days',
        now() + (random() * 2000 - 1000) * interval '1 day', 'stars' from users`)
    await pool().query('analyze entitlements, users, reminders')
    const at = { now: new Date(), graceHours: 24, reminderDays: [3] }
    for (const slot of slotsAt(at)) {
      const query = Prisma.sql`explain ${candidatesSql(slot, null, 500)}`
      const rows = await db().$queryRaw<{ 'QUERY PLAN': string }[]>(query)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toMatch(/entitlements_(plan_code_)?expires_at_idx/)
      expect(plan).not.toMatch(/Seq Scan on (entitlements|users)/)
    }
  })

  it('forgets reminders after a year', async () => {
    const { userId } = await hold()
    for (const age of [10, 364, 366, 800]) {
      const createdAt = addDays(new Date(), -age)
      const about = { userId, planCode: 'gold_1m', kind: 'ended', daysBefore: 0 }
      await db().reminder.create({
        data: { ...about, id: newId(createdAt), endsAt: createdAt, createdAt },
      })
    }
    expect(await forgetOldReminders(system)).toBe(2)
    expect(await forgetOldReminders(system)).toBe(0)
    expect(await reminders()).toHaveLength(2)
  })
})
