import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listOpenFindings } from '@/lib/domain/findings/queries'
import { resolveFinding } from '@/lib/domain/findings/resolve-finding'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { allowedUpdates } from '@/lib/telegram/webhook'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { watchJobs } from './watch-jobs'
import { watchWebhook } from './watch-webhook'

const system = { kind: 'system' } as const
let api: FakeBotApi

const well = {
  url: 'https://plans.test/api/v1/telegram/webhook',
  has_custom_certificate: false,
  pending_update_count: 0,
  allowed_updates: [...allowedUpdates],
}
let webhook: object
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds

/** How often the admins are told, and what is open. */
const told = async () =>
  (
    await pool().query(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t
       on t.id = j.task_id where t.identifier = 'tell_admins'`,
    )
  ).rows.length
const open = async () =>
  (await listOpenFindings(system)).map(({ kind, subject }) => `${kind} ${subject}`).sort()

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getWebhookInfo', () => webhook)
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  webhook = well
  await db().finding.deleteMany()
  await pool().query('delete from graphile_worker._private_jobs')
})

describe('the webhook', () => {
  it('that fails is told once, and is over by itself when it is well', async () => {
    webhook = {
      ...well,
      pending_update_count: 3,
      last_error_date: secondsAgo(30),
      last_error_message: 'Wrong response from the webhook: 500',
    }
    await watchWebhook(system)
    await watchWebhook(system)
    expect(await open()).toEqual(['webhook_failing delivery'])
    expect(await told()).toBe(1)
    const [finding] = await listOpenFindings(system)
    expect(finding?.details).toEqual({
      waiting: 3,
      problem: 'Wrong response from the webhook: 500',
    })

    webhook = { ...well, last_error_date: secondsAgo(700) }
    await watchWebhook(system)
    expect(await open()).toEqual(['webhook_failing delivery'])
    webhook = well
    await watchWebhook(system)
    expect(await open()).toEqual([])
    expect(await told()).toBe(1)
  })

  it('that points elsewhere or is told too little are two matters', async () => {
    webhook = { ...well, url: 'https://other.test/', allowed_updates: ['message'] }
    await watchWebhook(system)
    await watchWebhook(system)
    expect(await open()).toEqual(['webhook_failing updates', 'webhook_failing url'])
    expect(await told()).toBe(2)
    webhook = { ...well, allowed_updates: ['message'] }
    await watchWebhook(system)
    expect(await open()).toEqual(['webhook_failing updates'])
  })

  it('is neither good nor bad while Telegram itself is silent', async () => {
    webhook = { ...well, url: '' }
    await watchWebhook(system)
    api.refuse('getWebhookInfo', 500, 'Internal Server Error')
    await watchWebhook(system)
    expect(await open()).toEqual(['webhook_failing url'])
  })
})

describe('jobs', () => {
  const age = (seconds: number) =>
    pool().query(
      `update graphile_worker._private_jobs set run_at = now() - make_interval(secs => $1)
       where key = 'old'`,
      [seconds],
    )
  const addOld = () =>
    addJob('send_admin_message', { telegramUserId: 5, text: 'hello' }, { key: 'old' })

  it('that nobody does are told once, and are over when they are done', async () => {
    await addOld()
    await age(500)
    await watchJobs(system)
    expect(await open()).toEqual([])
    await age(700)
    await watchJobs(system)
    await watchJobs(system)
    expect(await open()).toEqual(['jobs_stuck ordinary'])
    expect(await told()).toBe(1)
    await pool().query(`delete from graphile_worker._private_jobs where key = 'old'`)
    await watchJobs(system)
    expect(await open()).toEqual([])
  })

  it('that are planned for later or at work are not stuck', async () => {
    await addOld()
    await pool().query(
      `update graphile_worker._private_jobs set run_at = now() + interval '1 day' where key = 'old'`,
    )
    await watchJobs(system)
    await age(7000)
    await pool().query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where key = 'old'`,
    )
    await watchJobs(system)
    expect(await open()).toEqual([])
  })

  it('that were given up stay settled once a person has seen them, until more are', async () => {
    await addOld()
    const giveUp = (attempts: string) =>
      pool().query(
        `update graphile_worker._private_jobs set attempts = ${attempts}, last_error = 'no'
         where key like 'old%'`,
      )
    await giveUp('max_attempts')
    await watchJobs(system)
    const [finding] = await listOpenFindings(system)
    expect(finding).toMatchObject({ subject: 'given_up', count: 1 })
    expect(finding?.details).toEqual({ given_up: 'send admin message (1)' })
    await resolveFinding(
      { kind: 'admin', telegramUserId: 2, firstName: 'Ada', role: 'owner', from: '' },
      finding?.id ?? '',
      'known',
    )
    await watchJobs(system)
    expect(await open()).toEqual([])
    await addJob('send_admin_message', { telegramUserId: 6, text: 'hello' }, { key: 'older' })
    await giveUp('max_attempts')
    await watchJobs(system)
    expect(await open()).toEqual(['jobs_stuck given_up'])
    await giveUp('0')
    await watchJobs(system)
    expect(await open()).toEqual([])
  })
})
