import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { remind } from '@/lib/domain/reminders/remind'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { type RunningWorker, runWorker } from './run-worker'

const system = { kind: 'system' } as const
let api: FakeBotApi
let sent: { chatId: unknown; at: number }[] = []
const workers: RunningWorker[] = []

async function endingSoon(count: number): Promise<void> {
  const people = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    telegramUserId: 7_000_000_000 + index,
  }))
  await db().user.createMany({ data: people })
  await db().entitlement.createMany({
    data: people.map(({ id }) => ({
      id: newId(),
      userId: id,
      planCode: 'gold_1m',
      startsAt: addDays(new Date(), -28),
      expiresAt: new Date('2100-01-01T00:00:00Z'),
      source: 'stars',
    })),
  })
  await db().entitlement.updateMany({ data: { expiresAt: addDays(new Date(), 2) } })
}
const jobsLeft = async () =>
  (await pool().query('select from graphile_worker._private_jobs')).rows.length
const startWorker = async () => {
  workers.push(await runWorker())
}
const stopWorkers = () => Promise.all(workers.splice(0).map((worker) => worker.stop()))

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('sendMessage', ({ chat_id: chatId }) => {
    sent.push({ chatId, at: performance.now() })
    return true
  })
})
afterAll(async () => {
  await stopWorkers()
  await api.close()
})
beforeEach(async () => {
  await stopWorkers()
  await pool().query('truncate reminders, entitlements, users cascade')
  await pool().query('delete from graphile_worker._private_jobs')
  api.reset()
  sent = []
})

describe('bulk messages', () => {
  it('reach sixty people once each, at most 25 in any second, over two workers', async () => {
    await endingSoon(60)
    expect(await remind(system)).toBe(60)
    await startWorker()
    await startWorker()
    await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), 15_000)

    expect(new Set(sent.map((one) => one.chatId)).size).toBe(60)
    expect(sent).toHaveLength(60)
    const inOneSecond = sent.map(
      ({ at: from }) => sent.filter(({ at }) => at >= from && at < from + 1000).length,
    )
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(25)
    expect(api.calls[0]?.params).toMatchObject({
      text: expect.stringMatching(/^Gold, 1 month ends on .* UTC\. If you extend it now/),
      reply_markup: { inline_keyboard: [[{ text: 'Extend', callback_data: 'buy:gold_1m' }]] },
    })
  })

  it('let a receipt overtake them', async () => {
    await endingSoon(40)
    await remind(system)
    await addJob('send_admin_message', { telegramUserId: 5, text: 'first' }, { key: 'receipt' })
    await startWorker()
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(5), 5000)
    expect(sent.slice(0, 2).map((one) => one.chatId)).toContain(5)
  })

  it('all wait when Telegram asks to, and lose no attempt; a receipt does not', async () => {
    await endingSoon(5)
    await remind(system)
    api.refuse('sendMessage', 429, 'Too Many Requests: retry after 4', { retry_after: 4 })
    await startWorker()
    await vi.waitFor(() => expect(api.calls).toHaveLength(1), 5000)
    const askedAt = performance.now()
    api.reset()
    sent = []
    await addJob('send_admin_message', { telegramUserId: 5, text: 'a receipt' }, { key: 'receipt' })
    await vi.waitFor(() => expect(sent).toHaveLength(1), 2500)
    expect(sent[0]?.chatId).toBe(5)

    const { rows } = await pool().query<{ attempts: number; max: number }>(
      `select attempts, max_attempts as max from graphile_worker.jobs
       where locked_at is null and task_identifier = 'send_reminder'`,
    )
    expect(rows).toHaveLength(5)
    expect(rows.every((row) => row.attempts === 0 && row.max > 1)).toBe(true)

    await vi.waitFor(async () => expect(await jobsLeft()).toBe(0), 25_000)
    const reminders = sent.slice(1)
    expect(new Set(reminders.map((one) => one.chatId)).size).toBe(5)
    expect(Math.min(...reminders.map((one) => one.at)) - askedAt).toBeGreaterThan(3800)
  }, 40_000)
})
