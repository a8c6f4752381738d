import { EventEmitter } from 'node:events'
import { run, type WorkerEvents } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { addJob } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { releaseAbandonedJobs, trackWorkers } from './abandoned-jobs'
import { runWorker, runWorkerUntilEmpty } from './run-worker'

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

  it('releases jobs of a worker that was killed', async () => {
    await buy(ann)
    await pool().query(
      "update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '1 minute'",
    )
    expect(await releaseAbandonedJobs()).toBe(1)
  })

  it('leaves alone the job that a living worker is busy with, however long', async () => {
    await pool().query("select graphile_worker.add_job('long_work')")
    const events: WorkerEvents = new EventEmitter()
    const tracking = await trackWorkers(events)
    const started = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    let runs = 0
    const runner = await run({
      pgPool: pool(),
      taskList: {
        long_work: async () => {
          runs += 1
          started.resolve()
          await finish.promise
        },
      },
      events,
      noHandleSignals: true,
      concurrency: 2,
    })
    await started.promise
    await vi.waitFor(async () => {
      const { rows } = await pool().query(
        "select from pg_locks where locktype = 'advisory' and classid = $1 and granted",
        [0x57a7],
      )
      expect(rows).not.toHaveLength(0)
    })
    await pool().query(
      "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'",
    )
    expect(await releaseAbandonedJobs()).toBe(0)
    finish.resolve()
    await runner.stop()
    await tracking.stop()
    expect(runs).toBe(1)
    expect(await jobs()).toEqual([])
  })

  it('stops rather than keep a job locked whose end it cannot write down', async () => {
    await pool().query(`
      create function refuse_delete() returns trigger language plpgsql as $$
      begin raise exception 'the disk is full' using errcode = '53100'; end $$;
      create trigger refuse_delete before delete on graphile_worker._private_jobs
        for each row execute function refuse_delete()`)
    await addJob('send_admin_message', { telegramUserId: 5, text: 'hello' }, { key: 'stuck' })
    const worker = await runWorker()
    await worker.ended
    await pool().query('drop function refuse_delete cascade')
    await pool().query(
      "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'",
    )
    expect(await releaseAbandonedJobs()).toBe(1)
    await work()
    expect(await jobs()).toEqual([])
    expect(api.texts()).toEqual(['hello', 'hello'])
  })

  it('says once which job nobody tries any more, without its payload', async () => {
    const error = vi.spyOn(log(), 'error')
    await pool().query(
      "select graphile_worker.add_job('send_admin_message', json_build_object('telegramUserId', 5, 'text', 'a secret of Ann'), max_attempts := 1)",
    )
    api.refuse('sendMessage', 500, 'Internal Server Error')
    await work()
    const given = error.mock.calls.map(([line]) => line as object)
    expect(given.filter((line) => 'event' in line && line.event === 'job_given_up')).toEqual([
      { event: 'job_given_up', task: 'send_admin_message', jobId: expect.any(String), attempts: 1 },
    ])
    expect(JSON.stringify(given)).not.toContain('a secret of Ann')
    error.mockRestore()
  })

  it('passes on all of a long cry for help, in as many messages as it takes', async () => {
    env().ADMIN_TELEGRAM_IDS = [900_000_001]
    const text = `${'a'.repeat(4089)}the end`
    await addJob(
      'tell_admins',
      { kind: 'support_message', telegramUserId: 5, firstName: 'Ann', username: null, text },
      { key: 'support:5:1' },
    )
    await work()
    const parts = api.texts().map(String)
    expect(parts.every((part) => part.length <= 4096)).toBe(true)
    expect(parts.join('')).toContain(text)
  })

  it('says until when a plan works whose renewal failed, and nothing when it was renewed', async () => {
    const { id } = await db().user.create({
      data: { id: newId(), telegramUserId: ann.telegramUserId },
    })
    const of = { userId: id, planCode: 'gold_monthly' }
    await db().entitlement.create({
      data: {
        ...of,
        id: newId(),
        startsAt: new Date('2100-01-01T10:00:00Z'),
        expiresAt: new Date('2100-01-31T10:30:00Z'),
        renews: true,
        source: 'stars',
      },
    })
    const subscription = await db().subscription.create({
      data: {
        ...of,
        id: newId(),
        invoicePayload: 'one',
        state: 'failed',
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    })
    const tell = () =>
      addJob(
        'tell_renewal_failed',
        { telegramUserId: ann.telegramUserId, planCode: 'gold_monthly' },
        { key: 'tell_renewal_failed:1' },
      )
    await tell()
    await work()
    expect(api.texts()).toEqual([
      expect.stringContaining('It works until 1 February 2100, 10:30 UTC.'),
    ])
    await db().subscription.update({ where: { id: subscription.id }, data: { state: 'active' } })
    await tell()
    await work()
    expect(api.texts()).toHaveLength(1)
  })
})
