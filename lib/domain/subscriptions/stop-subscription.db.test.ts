import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import type { Charge } from '@/lib/domain/payments/charge'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { runWorkerUntilEmpty } from '@/lib/worker/run-worker'
import { cancelSubscription } from './cancel-subscription'
import { noteSubscription } from './note-subscription'
import { stopSubscription } from './stop-subscription'

const telegram = { kind: 'telegram' } as const
const system = { kind: 'system' } as const
const at = fromUnix(toUnix(new Date()))
let api: FakeBotApi
let ann: PersonActor
let updateId = 50_000

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

const payloadOf = (person = ann, amount = 450) =>
  signPayload({
    id: newId(),
    planCode: 'gold_monthly',
    issuedAt: at,
    telegramUserId: person.telegramUserId,
    currency: 'XTR',
    amount,
  })
const firstCharge = (overrides: Partial<Charge> = {}): Charge =>
  makeCharge({
    payer: ann,
    amount: 450,
    payload: payloadOf(),
    chargedAt: at,
    isRecurring: true,
    isFirstRecurring: true,
    subscriptionExpiresAt: addDays(at, 30),
    ...overrides,
  })
const tell = (charge: Charge) => {
  updateId += 1
  return recordCharge(telegram, charge, { updateId, kind: 'message', body: {} })
}
const refund = ({ chargeId, payload, amount }: Charge) =>
  recordRefund(telegram, {
    provider: 'stars',
    chargeId,
    providerChargeId: null,
    telegramUserId: ann.telegramUserId,
    currency: 'XTR',
    amount,
    payload,
    refundedAt: addDays(at, 1),
  })
const ended = () =>
  api.calls
    .filter(({ method }) => method === 'editUserStarSubscription')
    .map(({ params }) => ({
      charge: params.telegram_payment_charge_id,
      isCanceled: params.is_canceled,
    }))

describe('the renewal of a subscription that never gave anything', () => {
  it.each<[string, Partial<Charge>]>([
    ['unknown_payload', { payload: 'order-of-another-shop' }],
    ['wrong_amount', { amount: 1 }],
  ])('is ended when its charge, in review for %s, is refunded', async (reason, overrides) => {
    const invoiced = payloadOf()
    if (!overrides.payload) await keepInvoice(invoiced)
    const charge = firstCharge({ payload: invoiced, ...overrides })
    expect(await tell(charge)).toBe('review')
    const where = { chargeId: charge.chargeId }
    expect(await db().paymentEvent.findFirstOrThrow({ where })).toMatchObject({ reason })
    expect(await refund(charge)).toBe('refunded')
    await runWorkerUntilEmpty()
    expect(ended()).toEqual([{ charge: charge.chargeId, isCanceled: true }])
  })

  it('is ended when its refund was told before its charge', async () => {
    const charge = firstCharge()
    expect(await refund(charge)).toBe('before_charge')
    expect(await tell(charge)).toBe('duplicate')
    await runWorkerUntilEmpty()
    expect(ended()).toEqual([{ charge: charge.chargeId, isCanceled: true }])
    const of = { telegramUserId: ann.telegramUserId, invoicePayload: charge.payload }
    expect(await stopSubscription(system, of)).toBe('nothing_to_stop')
  })

  it('is ended at once when the same plan is subscribed already, and each renewal waits too', async () => {
    await tell(firstCharge())
    const second = firstCharge({ chargedAt: addDays(at, 1) })
    expect(await tell(second)).toBe('review')
    await runWorkerUntilEmpty()
    expect(ended()).toEqual([{ charge: second.chargeId, isCanceled: true }])
    const renewal = firstCharge({
      payload: second.payload,
      isFirstRecurring: false,
      chargedAt: addDays(at, 29),
    })
    expect(await tell(renewal)).toBe('review')
  })
})

describe('a subscription that Telegram does not know by its charge', () => {
  it('becomes a finding and does not count as ended', async () => {
    const charge = firstCharge()
    await tell(charge)
    const of = { telegramUserId: ann.telegramUserId, invoicePayload: charge.payload }
    api.refuse('editUserStarSubscription', 400, 'Bad Request: CHARGE_ID_INVALID')
    expect(await stopSubscription(system, of)).toBe('unknown_to_telegram')
    const { id } = await db().paymentEvent.findFirstOrThrow({
      where: { chargeId: charge.chargeId },
    })
    expect(
      await db().finding.findFirstOrThrow({ where: { kind: 'renewal_not_stopped', subject: id } }),
    ).toMatchObject({ resolvedAt: null, details: { payment: id, plan: 'gold_monthly' } })
    const { entitlements } = await listEntitlements(ann, ann.telegramUserId)
    expect(entitlements).toMatchObject([{ renews: true }])
    api.reset()
    expect(await stopSubscription(system, of)).toBe('stopped')
  })
})

describe('two subscriptions of one plan that both renew', () => {
  it('are both ended by one cancel', async () => {
    const first = firstCharge({
      chargedAt: addDays(at, -28),
      subscriptionExpiresAt: addDays(at, 2),
    })
    await tell(first)
    const says = (state: 'canceled' | 'active') => {
      updateId += 1
      const told = { telegramUserId: ann.telegramUserId, payload: first.payload, state }
      return noteSubscription(telegram, told, { updateId, kind: 'subscription', body: {} })
    }
    await says('canceled')
    const second = firstCharge()
    expect(await tell(second)).toBe('completed')
    await says('active')
    await cancelSubscription(ann, 'gold_monthly')
    expect(ended().map(({ charge }) => charge)).toEqual([second.chargeId, first.chargeId])
    await expect(cancelSubscription(ann, 'gold_monthly')).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

async function keepInvoice(payload: string): Promise<void> {
  const user = await db().user.create({
    data: { id: newId(), telegramUserId: ann.telegramUserId, createdAt: at },
  })
  await db().invoice.create({
    data: {
      id: payload.slice(0, 36),
      userId: user.id,
      planCode: 'gold_monthly',
      method: 'stars',
      currency: 'XTR',
      amount: 450,
      payload,
      createdAt: at,
      expiresAt: addDays(at, 1),
    },
  })
}
