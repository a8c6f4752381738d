import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { jobs } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { type CardShop, startCardShop } from '@/lib/testing/card-shop'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { tellRenewalFailed } from './tell-renewal-failed'

let shop: CardShop
let api: FakeBotApi
let ann: PersonActor

beforeAll(async () => {
  shop = await startCardShop()
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(async () => {
  await shop.close()
  await api.close()
})
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  await pool().query('delete from graphile_worker._private_jobs')
})

/** The payloads of what waits to be told, as the worker reads them. */
async function waiting() {
  const { rows } = await pool().query<{ payload: unknown }>(
    `select payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'tell_renewal_failed'`,
  )
  return rows.map(({ payload }) => jobs.tell_renewal_failed.parse(payload))
}

describe('a card renewal that failed', () => {
  it('is told as one of a card, until when the plan works, once', async () => {
    const { subscription } = await shop.buys(ann, 'card_monthly')
    await shop.act(subscription, 'fail')
    await shop.act(subscription, 'renew')
    await shop.becomes(ann, [{ status: 'grace' }])
    const [payload, ...others] = await waiting()
    expect(others).toEqual([])
    expect(payload).toMatchObject({ telegramUserId: ann.telegramUserId, provider: 'stripe' })
    if (payload) await tellRenewalFailed(payload)
    const [text] = api.texts().map(String)
    expect(text).toContain('card_monthly could not be renewed: your card could not be charged.')
    expect(text).toMatch(/It works until \d+ \w+ \d{4}, \d\d:\d\d UTC\./)
    expect(text).not.toContain('Stars')
  })

  it('is told as over when its grace is', async () => {
    const { subscription } = await shop.buys(ann, 'card_monthly')
    await shop.act(subscription, 'fail')
    await shop.act(subscription, 'renew')
    await shop.becomes(ann, [{ status: 'grace' }])
    const of = { user: { telegramUserId: ann.telegramUserId } }
    const held = await db().entitlement.findFirstOrThrow({ where: of })
    await db().entitlement.update({
      where: { id: held.id },
      data: { expiresAt: addSeconds(held.expiresAt ?? new Date(), -2 * 86_400) },
    })
    for (const payload of await waiting()) await tellRenewalFailed(payload)
    const texts = api.texts().map(String)
    expect(texts).toEqual([
      expect.stringContaining('because your card could not be charged, and has ended'),
    ])
  })

  it('is told by a job of an older version, which names no provider, as one of Stars', async () => {
    const { subscription } = await shop.buys(ann, 'card_monthly')
    await shop.act(subscription, 'fail')
    await shop.act(subscription, 'renew')
    await shop.becomes(ann, [{ status: 'grace' }])
    const old = { telegramUserId: ann.telegramUserId, planCode: 'card_monthly' }
    await tellRenewalFailed(jobs.tell_renewal_failed.parse(old))
    expect(api.texts().map(String)).toEqual([expect.stringContaining('not enough Stars')])
  })
})
