import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AdminActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { exclusively } from '@/lib/platform/exclusive'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { compareNow } from '@/lib/worker/compare-now'
import { askComparison } from './ask-comparison'
import { findComparing, listRuns } from './queries'
import { retryJobs } from './retry-jobs'

const ada: AdminActor = {
  kind: 'admin',
  telegramUserId: 2,
  firstName: 'Ada',
  role: 'support',
  from: '127.0.0.1',
}
let api: FakeBotApi

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getStarTransactions', () => ({ transactions: [] }))
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  await pool().query('delete from graphile_worker._private_jobs')
  await db().reconciliationRun.deleteMany()
})

const jobs = async () =>
  (await pool().query(`select task_identifier as task, key from graphile_worker.jobs`)).rows
const newest = (action: string) =>
  db().auditEntry.findFirstOrThrow({ where: { action }, orderBy: { id: 'desc' } })

describe('comparing because somebody asked', () => {
  it('is one job however often it is asked for, with who asked and why', async () => {
    await askComparison(ada, { scope: 'full', reason: 'the books' })
    await askComparison(ada, { scope: 'full', reason: undefined })
    expect(await jobs()).toEqual([{ task: 'compare_now', key: 'compare_now:full' }])
    expect(await findComparing(ada)).toMatchObject({ is_queued: true, run: null })
    // A worker took it up, and has written nothing yet.
    await pool().query(
      'update graphile_worker._private_jobs set locked_at = now(), attempts = max_attempts',
    )
    expect(await findComparing(ada)).toMatchObject({ is_queued: true, run: null })
    const entries = await db().auditEntry.findMany({ where: { action: 'reconcile' } })
    expect(entries.map((one) => one.reason)).toEqual(expect.arrayContaining(['the books', null]))
    expect(entries[0]).toMatchObject({ actor: '2', details: { scope: 'full' } })
    expect(api.calls).toEqual([])
  })

  it('is refused to a viewer', async () => {
    const viewer = { ...ada, role: 'viewer' } as const
    await expect(askComparison(viewer, { scope: 'full', reason: undefined })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    expect(await jobs()).toEqual([])
  })

  it('says how far it is, waits for one at work, and then how it ended', async () => {
    const { started, finish, ended } = beginsRun()
    await started
    await db().reconciliationRun.create({
      data: {
        id: '00000000-0000-7000-8000-000000000001',
        scope: 'full',
        startedAt: new Date(),
        position: 300,
      },
    })
    expect(await findComparing(ada)).toMatchObject({
      run: { state: 'running', position: 300, finished_at: null },
    })
    expect(await compareNow({ scope: 'full' })).toEqual({ afterSeconds: 5 })
    finish()
    await ended
    expect(await listRuns(ada)).toMatchObject([{ state: 'broken_off' }])

    expect(await compareNow({ scope: 'full' })).toBeUndefined()
    expect(await findComparing(ada)).toMatchObject({
      is_queued: false,
      run: { state: 'ended', repaired: 0, problem: null },
      findings: 0,
    })
  })

  it('is over when Telegram does not answer: the run says why, and nothing compares days later', async () => {
    api.refuse('getStarTransactions', 500, 'Internal Server Error')
    expect(await compareNow({ scope: 'tail' })).toBeUndefined()
    const { run } = await findComparing(ada)
    expect(run).toMatchObject({ state: 'ended', problem: expect.stringContaining('500') })
  })
})

/** A comparison at work, in whatever process. */
function beginsRun() {
  const started = Promise.withResolvers<void>()
  const finished = Promise.withResolvers<void>()
  const ended = exclusively('reconciliation', async () => {
    started.resolve()
    await finished.promise
  })
  return { started: started.promise, finish: finished.resolve, ended }
}

describe('trying failed jobs again', () => {
  it('keeps in the audit log which jobs, and why where it was said', async () => {
    await addJob('send_admin_message', { telegramUserId: 5, text: 'hello' }, { key: 'one' })
    await pool().query(
      `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no'`,
    )
    expect(await retryJobs(ada, null, 'Telegram was away')).toBe(1)
    expect(await newest('retry_jobs')).toMatchObject({
      reason: 'Telegram was away',
      details: { count: 1, jobs: 'send_admin_message' },
    })
    const { rows } = await pool().query('select attempts from graphile_worker.jobs')
    expect(rows).toEqual([{ attempts: 0 }])
  })
})
