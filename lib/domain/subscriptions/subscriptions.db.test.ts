import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { cancelSubscription, resumeSubscription } from './cancel-subscription'
import { noteSubscription } from './note-subscription'

const telegram = { kind: 'telegram' } as const
const start = new Date()
const day = (n: number) => addDays(start, n)

let api: FakeBotApi
let ann: PersonActor
let updateId = 1_000

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  ann = makePerson()
})

/** A subscription of one person; events are told with the update ids given, or the next one. */
function subscriptionOf(person: PersonActor, planCode = 'gold_monthly', amount = 450) {
  const payload = signPayload({
    id: newId(),
    planCode,
    issuedAt: start,
    telegramUserId: person.telegramUserId,
    currency: 'XTR',
    amount,
  })
  const next = () => {
    updateId += 1
    return updateId
  }
  const raw = (id: number, kind: string) => ({ updateId: id, kind, body: { update_id: id } })
  const chargeId = (period: number) => `stx-${payload.slice(0, 36)}-${period}`
  return {
    payload,
    chargeId,
    pays: (period: number, id = next()) =>
      recordCharge(
        telegram,
        makeCharge({
          payer: person,
          payload,
          amount,
          chargeId: chargeId(period),
          isRecurring: true,
          isFirstRecurring: period === 0,
          chargedAt: day(period * 30),
          subscriptionExpiresAt: day(period * 30 + 30),
        }),
        raw(id, 'message'),
      ),
    says: (state: 'active' | 'canceled' | 'failed', id = next()) =>
      noteSubscription(
        telegram,
        { telegramUserId: person.telegramUserId, payload, state },
        raw(id, 'subscription'),
      ),
    isRefunded: (period: number) =>
      recordRefund(telegram, {
        provider: 'stars',
        chargeId: chargeId(period),
        providerChargeId: null,
        telegramUserId: person.telegramUserId,
        currency: 'XTR',
        amount,
        payload,
        refundedAt: day(period * 30 + 1),
      }),
  }
}

const held = async (person: PersonActor) =>
  (await listEntitlements(person, person.telegramUserId)).entitlements

describe('a Star subscription', () => {
  it('renews with new charge ids and the old payload, and ends at the latest end', async () => {
    const gold = subscriptionOf(ann)
    for (const period of [0, 1, 2]) expect(await gold.pays(period)).toBe('completed')
    expect(await held(ann)).toMatchObject([
      { plan_code: 'gold_monthly', renews: true, expires_at: day(90).toISOString() },
    ])
    expect(
      await db().subscription.findMany({ where: { invoicePayload: gold.payload } }),
    ).toMatchObject([{ firstChargeId: gold.chargeId(0), state: 'active' }])
  })

  it('stops renewing when the person cancels, and renews again when they change their mind', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0)
    await gold.says('canceled')
    expect(await held(ann)).toMatchObject([{ active: true, renews: false }])
    await gold.says('active')
    expect(await held(ann)).toMatchObject([{ active: true, renews: true }])
  })

  it('takes the newest word, whatever order it comes in', async () => {
    const gold = subscriptionOf(ann)
    await gold.says('canceled', 700_003)
    await gold.says('active', 700_002)
    await gold.pays(0, 700_001)
    expect(await held(ann)).toMatchObject([{ renews: false }])
  })

  it('takes the later word days afterwards, though ids began anew and lower', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0, 700_010)
    await gold.says('canceled', 700_011)
    await gold.says('active', 31)
    expect(await held(ann)).toMatchObject([{ renews: false }])

    await db().subscription.updateMany({
      where: { invoicePayload: gold.payload },
      data: { stateAt: day(-9) },
    })
    await gold.says('active', 32)
    expect(await held(ann)).toMatchObject([{ renews: true }])
    await gold.says('canceled', 33)
    expect(await held(ann)).toMatchObject([{ renews: false }])
  })

  it('tells the person once that a renewal failed', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0)
    await gold.says('failed', 800_001)
    await gold.says('failed', 800_001)
    const { rows } = await pool().query(
      "select key from graphile_worker.jobs where key = 'tell_renewal_failed:800001'",
    )
    expect(rows).toHaveLength(1)
    expect(await held(ann)).toMatchObject([{ renews: true }])
  })

  it('keeps word about a payload that is not ours for review', async () => {
    const strange = {
      telegramUserId: ann.telegramUserId,
      payload: 'order-7',
      state: 'active' as const,
    }
    const raw = { updateId: 900_001, kind: 'subscription', body: {} }
    expect(await noteSubscription(telegram, strange, raw)).toBe('review')
    expect(await db().telegramUpdate.findFirst({ where: { updateId: 900_001 } })).toMatchObject({
      state: 'review',
    })
  })

  it('is told apart from another one of the same person', async () => {
    const gold = subscriptionOf(ann)
    const second = subscriptionOf(ann)
    await gold.pays(0)
    expect(await second.pays(0)).toBe('review')
    await second.says('canceled')
    expect(await held(ann)).toMatchObject([{ renews: true, expires_at: day(30).toISOString() }])
  })
})

describe('cancel and resume', () => {
  it('cancels at Telegram by the first charge, and the paid time runs on', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0)
    await gold.pays(1)
    await cancelSubscription(ann, 'gold_monthly')
    expect(api.calls.at(-1)).toMatchObject({
      method: 'editUserStarSubscription',
      params: { telegram_payment_charge_id: gold.chargeId(0), is_canceled: true },
    })
    expect(await held(ann)).toMatchObject([{ active: true, renews: false }])
    await expect(cancelSubscription(ann, 'gold_monthly')).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('lifts only our own cancel, and renews when Telegram says so', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0)
    await cancelSubscription(ann, 'gold_monthly')
    await resumeSubscription(ann, 'gold_monthly')
    expect(api.calls.at(-1)).toMatchObject({ params: { is_canceled: false } })
    expect(await held(ann)).toMatchObject([{ renews: false }])
    await gold.says('active')
    expect(await held(ann)).toMatchObject([{ renews: true }])
    await expect(resumeSubscription(ann, 'gold_monthly')).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('changes nothing while Telegram does not answer', async () => {
    await subscriptionOf(ann).pays(0)
    api.refuse('editUserStarSubscription', 500, 'Internal Server Error')
    await expect(cancelSubscription(ann, 'gold_monthly')).rejects.toMatchObject({
      code: 'telegram_unavailable',
    })
    expect(await held(ann)).toMatchObject([{ renews: true }])
  })

  it('knows nothing of plans and people that have no subscription', async () => {
    await subscriptionOf(ann).pays(0)
    for (const [person, plan] of [
      [ann, 'gold_1m'],
      [makePerson(), 'gold_monthly'],
    ] as const) {
      await expect(cancelSubscription(person, plan)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('refunds', () => {
  it('take back exactly their own charge: paid on day 0 and 25, the first refunded, the end is day 55', async () => {
    const pay = (at: number, chargeId: string) => {
      const payload = signPayload({
        id: newId(),
        planCode: 'gold_1m',
        issuedAt: start,
        telegramUserId: ann.telegramUserId,
        currency: 'XTR',
        amount: 500,
      })
      const charge = makeCharge({ payer: ann, payload, chargeId, chargedAt: day(at) })
      return recordCharge(telegram, charge)
    }
    const first = `stx${randomBytes(8).toString('hex')}`
    await pay(0, first)
    await pay(25, `${first}b`)
    expect(await held(ann)).toMatchObject([{ expires_at: day(60).toISOString() }])
    const refund = {
      provider: 'stars' as const,
      chargeId: first,
      providerChargeId: null,
      telegramUserId: ann.telegramUserId,
      currency: 'XTR',
      amount: 500,
      payload: 'any',
      refundedAt: day(27),
    }
    expect(await recordRefund(telegram, refund)).toBe('refunded')
    expect(await recordRefund(telegram, refund)).toBe('duplicate')
    expect(await held(ann)).toMatchObject([{ expires_at: day(55).toISOString() }])
  })

  it('revoke what nothing else pays for', async () => {
    const gold = subscriptionOf(ann)
    await gold.pays(0)
    await gold.isRefunded(0)
    expect(await held(ann)).toMatchObject([{ status: 'revoked', active: false, renews: false }])
  })

  it('that come before their charge leave nothing to grant', async () => {
    const gold = subscriptionOf(ann)
    expect(await gold.isRefunded(0)).toBe('before_charge')
    expect(await gold.pays(0)).toBe('duplicate')
    expect(await held(ann)).toEqual([])
  })
})

describe('any order of one history', () => {
  it('ends in the same state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
        const play = async (person: PersonActor, steps: number[]) => {
          const gold = subscriptionOf(person)
          const base = 2_000_000 + person.telegramUserId
          const events = [
            () => gold.pays(0, base + 1),
            () => gold.says('canceled', base + 2),
            () => gold.says('active', base + 3),
            () => gold.pays(1, base + 4),
            () => gold.isRefunded(0),
            () => gold.says('canceled', base + 6),
          ]
          for (const step of steps) await events[step]?.()
          return (await held(person)).map(({ status, renews, expires_at }) => ({
            status,
            renews,
            expires_at,
          }))
        }
        expect(await play(makePerson(), order)).toEqual(
          await play(makePerson(), [0, 1, 2, 3, 4, 5]),
        )
      }),
      { numRuns: 40 },
    )
  })
})
