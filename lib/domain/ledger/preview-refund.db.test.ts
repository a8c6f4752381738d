import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { refoldPerson } from '@/lib/domain/payments/refold-person'
import { requestRefund } from '@/lib/domain/payments/request-refund'
import { sendRefund } from '@/lib/domain/payments/send-refund'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import {
  anyHistory,
  type Happening,
  soldPlans,
  subscriptionPlan,
} from '@/lib/testing/money-histories'
import { previewRefund } from './preview-refund'
import { findStarBalance } from './story-balance'

const telegram = { kind: 'telegram' } as const
const system = { kind: 'system' } as const
const owner: AdminActor = {
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role: 'owner',
  from: '127.0.0.1',
}
const at = fromUnix(toUnix(new Date()))
let api: FakeBotApi

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())

type ChargeStep = Extract<Happening, { kind: 'charge' }>

/** Lets a person buy as a history says; answers the payments that were made. */
async function live(ann: PersonActor, history: readonly Happening[]): Promise<string[]> {
  const payloads = new Map<number, string>()
  for (const one of history) {
    if (one.kind === 'charge') await recordCharge(telegram, chargeOf(ann, one, payloads))
    if (one.kind === 'grant') await give(ann, one)
  }
  const rows = await db().paymentEvent.findMany({
    where: { telegramUserId: ann.telegramUserId, status: { not: 'refunded' } },
    orderBy: [{ chargedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => row.id)
}

function chargeOf(ann: PersonActor, one: ChargeStep, payloads: Map<number, string>) {
  const { planCode } = one
  const { amount } = planCode === 'gold_monthly' ? subscriptionPlan : soldPlans[planCode]
  const terms = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount }
  const payload =
    payloads.get(one.invoice) ?? signPayload({ id: newId(), planCode, issuedAt: one.at, ...terms })
  payloads.set(one.invoice, payload)
  return makeCharge({
    payer: ann,
    payload,
    amount,
    chargedAt: one.at,
    isRecurring: one.period !== 'one_off',
    isFirstRecurring: one.period === 'first',
    subscriptionExpiresAt: one.endsAt,
  })
}

async function give(ann: PersonActor, one: Extract<Happening, { kind: 'grant' }>): Promise<void> {
  const user = await db().user.findUnique({ where: { telegramUserId: ann.telegramUserId } })
  if (!user) return
  await db().grant.create({
    data: {
      id: newId(),
      userId: user.id,
      planCode: one.planCode,
      days: one.days,
      grantedBy: '1',
      reason: 'a gift',
      grantedAt: one.at,
      revokedAt: one.isRevoked ? one.at : null,
    },
  })
  // What was given by hand counts from the next charge on, as when the person is folded again.

  await refoldPerson(system, ann.telegramUserId)
}

/** What a person has, by plan: its end and whether it renews. */
async function held(ann: PersonActor): Promise<Record<string, [string | null, boolean]>> {
  const rows = await db().entitlement.findMany({
    where: { user: { telegramUserId: ann.telegramUserId }, revokedAt: null },
  })
  return Object.fromEntries(
    rows.map((row) => [row.planCode, [row.expiresAt?.toISOString() ?? null, row.renews]]),
  )
}

/** Refunds as the worker does, to the end of the renewal. */
async function refund(ann: PersonActor, paymentId: string): Promise<void> {
  const { invoicePayload, isRecurring } = await db().paymentEvent.findUniqueOrThrow({
    where: { id: paymentId },
  })
  await requestRefund(owner, paymentId, 'a reason')
  expect(await sendRefund(system, paymentId)).toBe('done')
  const of = { telegramUserId: ann.telegramUserId, invoicePayload }
  if (isRecurring) await stopSubscription(system, of)
}

async function previewIsTrue(history: readonly Happening[], choice: number): Promise<void> {
  const ann = makePerson()
  const payments = await live(ann, history)
  const id = payments[choice % Math.max(1, payments.length)]
  if (id === undefined) return
  const before = await held(ann)

  const preview = await previewRefund(owner, id)
  expect(await held(ann)).toEqual(before)
  await refund(ann, id)

  const expected = { ...before }
  for (const { planCode, after } of preview?.changes ?? []) {
    if (after) expected[planCode] = [after.expiresAt, after.renews]
    else delete expected[planCode]
  }
  expect(await held(ann)).toEqual(expected)
}

describe('the preview of a refund', () => {
  it('is what the refund then does, whatever else the person bought or was given', async () => {
    await fc.assert(fc.asyncProperty(anyHistory, fc.nat(50), previewIsTrue), { numRuns: 40 })
  }, 60_000)

  const buys = (number: number, planCode: ChargeStep['planCode'], days: number): ChargeStep => ({
    kind: 'charge',
    number,
    invoice: number,
    at: addDays(at, days),
    planCode,
    period: planCode === 'gold_monthly' ? 'first' : 'one_off',
    endsAt: planCode === 'gold_monthly' ? addDays(at, days + 30) : null,
  })

  it('says that all of it ends when it was the only charge', async () => {
    const [id = ''] = await live(makePerson(), [buys(0, 'gold_1m', 0)])
    expect(await previewRefund(owner, id)).toEqual({
      how: 'request',
      changes: [
        {
          planCode: 'gold_1m',
          planName: expect.any(String),
          before: { expiresAt: addDays(at, 30).toISOString(), renews: false, isActive: true },
          after: null,
        },
      ],
      endsRenewal: false,
    })
  })

  it('says that an earlier end holds when days were added to others', async () => {
    const history = [buys(0, 'gold_1m', -25), buys(1, 'gold_1m', -1)]
    const [first = ''] = await live(makePerson(), history)
    const { changes } = (await previewRefund(owner, first)) ?? {}
    expect(changes).toMatchObject([
      {
        before: { expiresAt: addDays(at, 35).toISOString() },
        after: { expiresAt: addDays(at, 29).toISOString(), isActive: true },
      },
    ])
  })

  it('says that the renewal ends with a refunded period', async () => {
    const [id = ''] = await live(makePerson(), [buys(0, 'gold_monthly', -1)])
    expect(await previewRefund(owner, id)).toMatchObject({
      endsRenewal: true,
      changes: [{ planCode: 'gold_monthly', before: { renews: true }, after: null }],
    })
  })

  it('says that nothing is lost with a charge that gave nothing', async () => {
    const ann = makePerson()
    await recordCharge(telegram, makeCharge({ payer: ann, payload: 'order-7' }))
    const { id } = await db().paymentEvent.findFirstOrThrow({
      where: { telegramUserId: ann.telegramUserId },
    })
    expect(await previewRefund(owner, id)).toEqual({
      how: 'request',
      changes: [],
      endsRenewal: false,
    })
  })
})

describe('the balance of the bot', () => {
  it('is what Telegram says, and unknown while Telegram is silent', async () => {
    api.answer('getMyStarBalance', () => ({ amount: 321 }))
    expect(await findStarBalance(owner)).toBe(321)
    api.refuse('getMyStarBalance', 500, 'Internal Server Error')
    expect(await findStarBalance(owner)).toBeNull()
    await expect(findStarBalance({ ...owner, role: 'viewer' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
