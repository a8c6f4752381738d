import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { keepUpdate } from './keep-update'

const telegram = { kind: 'telegram' } as const
const review = { state: 'review', reason: 'unexpected_shape' } as const
let updateId = 7000

const keep = (as: Parameters<typeof keepUpdate>[2] = review) => {
  updateId += 1
  return keepUpdate(telegram, { updateId, kind: 'message', body: { updateId } }, as)
}
const alerts = async () =>
  (
    await pool().query(
      `select key, run_at > now() as waits from graphile_worker.jobs
       where task_identifier = 'tell_admins' order by key`,
    )
  ).rows

beforeEach(async () => {
  await db().telegramUpdate.deleteMany()
  await pool().query('delete from graphile_worker._private_jobs')
})

describe('an update in review', () => {
  it('is told to the admins at once', async () => {
    await keep()
    expect(await alerts()).toEqual([{ key: 'updates_in_review', waits: false }])
  })

  it('is told once when Telegram repeats it', async () => {
    const update = { updateId: 1, kind: 'message', body: { once: true } }
    await keepUpdate(telegram, update, review)
    await pool().query('delete from graphile_worker._private_jobs')
    await keepUpdate(telegram, update, review)
    expect(await alerts()).toEqual([])
  })

  it('is told together with the others of a flood, which do not put the telling off', async () => {
    await keep()
    await keep()
    const dueAt = async () =>
      (await pool().query(`select run_at from graphile_worker.jobs where key like '%more'`)).rows
    const due = await dueAt()
    await Promise.all(Array.from({ length: 40 }, () => keep()))
    expect(await alerts()).toEqual([
      { key: 'updates_in_review', waits: false },
      { key: 'updates_in_review:more', waits: true },
    ])
    expect(await dueAt()).toEqual(due)
  })

  it('is told at once again when the last was some time ago', async () => {
    await keep()
    await db().telegramUpdate.updateMany({ data: { receivedAt: new Date(Date.now() - 700_000) } })
    await pool().query('delete from graphile_worker._private_jobs')
    await keep()
    expect(await alerts()).toEqual([{ key: 'updates_in_review', waits: false }])
  })

  it('that was handled, kept for later or holds money in review is not told here', async () => {
    await keep({ state: 'handled' })
    await keep({ state: 'stored' })
    await keep({ ...review, chargeId: 'charge' })
    expect(await alerts()).toEqual([])
  })
})
