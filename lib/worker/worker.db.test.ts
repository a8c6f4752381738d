import { run } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { releaseAbandonedJobs, trackWorkers } from './abandoned-jobs'
import { runWorkerUntilEmpty } from './run-worker'

let api: FakeBotApi
let ann: PersonActor

const buy = async (
  person: PersonActor,
  overrides: Partial<Parameters<typeof makeCharge>[0]> = {},
) => {
  const { invoice_id: id } = await createInvoice(person, { plan_code: 'gold_1m', method: 'stars' })
  const { payload } = await db().invoice.findUniqueOrThrow({ where: { id } })
  await recordCharge({ kind: 'telegram' }, makeCharge({ payer: person, payload, ...overrides }))
}
/** Does what is due, until the queue has also written down that it is done. */
const work = async () => {
  await runWorkerUntilEmpty()
  await vi.waitFor(async () => {
    const { rows } = await pool().query(
      'select from graphile_worker._private_jobs where locked_at is not null',
    )
    expect(rows).toHaveLength(0)
  })
}
const reachableOf = async (person: PersonActor) =>
  (await db().user.findUnique({ where: { telegramUserId: person.telegramUserId } }))?.reachable
const jobs = async () =>
  (
    await pool().query(
      'select task_identifier as name, run_at > now() as waits, attempts, last_error from graphile_worker.jobs',
    )
  ).rows

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  await pool().query('delete from graphile_worker._private_jobs')
})

describe('the worker', () => {
  it('sends one confirmation with plan and end date', async () => {
    await buy(ann, { chargedAt: new Date('2026-11-23T10:00:00Z') })
    await work()
    await work()
    expect(api.texts()).toEqual([
      'Thank you! ⭐ 500 received. Gold, 1 month is active until 23 December 2026.',
    ])
    expect(api.calls.at(-1)?.params.chat_id).toBe(ann.telegramUserId)
    expect(await reachableOf(ann)).toBe('yes')
    expect(await jobs()).toEqual([])
  })

  it('tells the buyer and every admin of a charge that does not fit', async () => {
    env().ADMIN_TELEGRAM_IDS = [900_000_001, 900_000_002]
    await buy(ann, { amount: 1 })
    await work()
    const sent = api.calls.filter((call) => call.method === 'sendMessage')
    expect(sent.map((call) => call.params.chat_id).sort()).toEqual(
      [900_000_001, 900_000_002, ann.telegramUserId].sort(),
    )
    expect(api.texts().join()).toMatch(/being checked by a person/)
    expect(api.texts().join()).toMatch(/https:\/\/plans\.test\/admin\/payments\//)
  })

  it.each([
    ['blocked', 403, 'Forbidden: bot was blocked by the user'],
    ['blocked', 403, 'Forbidden: user is deactivated'],
    ['never_started', 403, "Forbidden: bot can't initiate conversation with a user"],
    ['never_started', 400, 'Bad Request: chat not found'],
  ])('notes %s after %i and does not try again', async (reachable, code, text) => {
    await buy(ann)
    api.refuse('sendMessage', code, text)
    await work()
    expect(await reachableOf(ann)).toBe(reachable)
    expect(await jobs()).toEqual([])
  })

  it('waits as long as Telegram says, without losing an attempt', async () => {
    await buy(ann)
    api.refuse('sendMessage', 429, 'Too Many Requests: retry after 30', { retry_after: 30 })
    await work()
    const [job] = await jobs()
    expect(job).toMatchObject({ name: 'tell_buyer', waits: true, attempts: 0 })
    api.reset()
    await pool().query(
      "update graphile_worker._private_jobs set run_at = now() - interval '1 second'",
    )
    await work()
    expect(api.texts()).toHaveLength(1)
  })

  it('tries again later when Telegram is out of order', async () => {
    await buy(ann)
    api.refuse('sendMessage', 500, 'Internal Server Error')
    await work()
    expect(await jobs()).toMatchObject([{ name: 'tell_buyer', waits: true, attempts: 1 }])
  })

  it('releases jobs of a worker that was killed, and not those of one that lives', async () => {
    await buy(ann)
    await pool().query(
      "update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '1 minute'",
    )
    expect(await releaseAbandonedJobs()).toBe(1)

    const tracking = await trackWorkers()
    const runner = await run({
      pgPool: pool(),
      taskList: { never: async () => {} },
      events: tracking.events,
      noHandleSignals: true,
      concurrency: 1,
    })
    const { rows } = await pool().query(
      "select count(*)::int as held from pg_locks where locktype = 'advisory' and classid = $1",
      [0x57a7],
    )
    expect(rows[0].held).toBeGreaterThan(0)
    const id = tracking.workerIds()[0]
    await pool().query(
      "update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '1 minute'",
      [id],
    )
    expect(await releaseAbandonedJobs()).toBe(0)
    await runner.stop()
    await tracking.stop()
  })
})
