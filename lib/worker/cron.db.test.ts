import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { env } from '@/lib/platform/env'
import { jobs } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { allowedUpdates, webhookUrl } from '@/lib/telegram/webhook'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { cronTasks, crontab } from './cron'

let api: FakeBotApi

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getStarTransactions', () => ({ transactions: [] }))
  api.answer('getWebhookInfo', () => ({
    url: webhookUrl(),
    pending_update_count: 0,
    allowed_updates: allowedUpdates,
  }))
})
afterAll(() => api.close())

// Tasks of the clock are given nothing but their turn.
const helpers = {} as Parameters<NonNullable<(typeof cronTasks)[string]>>[1]

describe('what happens by the clock', () => {
  it.each(Object.keys(cronTasks))('has nothing to do in an empty shop: %s', async (name) => {
    await expect(cronTasks[name]?.({}, helpers)).resolves.toBeUndefined()
    expect(api.texts()).toEqual([])
    expect((await pool().query('select id from payment_events')).rows).toEqual([])
    expect((await pool().query('select id from graphile_worker.jobs')).rows).toEqual([])
  })

  it('looks at Telegram’s list', async () => {
    api.reset()
    await cronTasks.reconcile?.({}, helpers)
    expect(api.calls.map((call) => call.method)).toContain('getStarTransactions')
  })

  it('has a time for every task, and no task that a job is named like', () => {
    const names = crontab.split('\n').map((line) => line.split(' ').at(-1))
    expect(names).toEqual(Object.keys(cronTasks))
    expect(names.filter((name) => name && name in jobs)).toEqual([])
  })
})
