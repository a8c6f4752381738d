import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setRole } from '@/lib/domain/admins/set-role'
import { noteFinding } from '@/lib/domain/findings/note-finding'
import { keepUpdate } from '@/lib/domain/updates/keep-update'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { captureLog } from '@/lib/testing/captured-log'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { runWorkerUntilEmpty } from './run-worker'

const system = { kind: 'system' } as const
let api: FakeBotApi
const logged = captureLog()

const sentTo = () =>
  api.calls.filter((call) => call.method === 'sendMessage').map((call) => call.params.chat_id)

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  env().ADMIN_TELEGRAM_IDS = [900_000_001]
  await pool().query('delete from graphile_worker._private_jobs')
  await db().adminRole.deleteMany()
  await db().telegramUpdate.deleteMany()
})

const support = () =>
  addJob(
    'tell_admins',
    { kind: 'support_message', telegramUserId: 55, firstName: 'Ann', username: null, text: 'Help' },
    { key: `support:${newId()}` },
  )

describe('who is told', () => {
  it('is everybody who may settle, each once, and no viewer', async () => {
    await setRole(system, 31, 'owner', 'runs it')
    await setRole(system, 32, 'support', 'helps')
    await setRole(system, 33, 'viewer', 'looks')
    await db().adminRole.create({
      data: { telegramUserId: 900_000_001, role: 'support', grantedBy: 'x', grantedAt: new Date() },
    })
    await support()
    await runWorkerUntilEmpty()
    expect(sentTo().sort()).toEqual([31, 32, 900_000_001])
  })

  it('is nobody where nobody runs the shop, which the log says', async () => {
    env().ADMIN_TELEGRAM_IDS = []
    await support()
    await runWorkerUntilEmpty()
    expect(sentTo()).toEqual([])
    expect(logged.lines().map((line) => line.event)).toContain('nobody_to_tell')
  })
})

describe('every message', () => {
  it('of support leads to the person', async () => {
    await support()
    await runWorkerUntilEmpty()
    expect(api.texts()).toEqual([
      'Payment support, from Ann (55):\n\nHelp\nhttps://plans.test/admin/users/55',
    ])
  })

  it('of a finding leads to its payment, or to what is found', async () => {
    const payment = newId()
    const about = { subject: newId(), details: { payment, problem: 'BALANCE_TOO_LOW' } }
    await noteFinding(system, { kind: 'refund_balance_low', ...about })
    await noteFinding(system, { kind: 'foreign_sales', subject: 'all', details: {}, count: 2 })
    await runWorkerUntilEmpty()
    expect(
      api
        .texts()
        .map((text) => String(text).split('\n').at(-1))
        .sort(),
    ).toEqual(['https://plans.test/admin/health', `https://plans.test/admin/payments/${payment}`])
  })

  it('of updates in review counts them and leads to them, and is left out when none waits', async () => {
    for (const updateId of [1, 2]) {
      await keepUpdate(
        { kind: 'telegram' },
        { updateId, kind: 'message', body: { updateId } },
        { state: 'review', reason: 'handler_failed' },
      )
    }
    await runWorkerUntilEmpty()
    expect(api.texts()).toEqual([
      [
        '2 updates of Telegram could not be handled and wait for a person.',
        'The oldest is message: handler failed.',
        'https://plans.test/admin/health',
      ].join('\n'),
    ])
    await db().telegramUpdate.deleteMany()
    await pool().query('update graphile_worker._private_jobs set run_at = now()')
    await runWorkerUntilEmpty()
    expect(api.texts()).toHaveLength(1)
  })
})
