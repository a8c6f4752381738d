import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import { rememberPerson } from '@/lib/domain/users/remember-person'
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
import type { Charge } from './charge'
import { markRefunded } from './mark-refunded'
import { recordCharge } from './record-charge'
import { recordRefund } from './record-refund'
import { requestRefund } from './request-refund'
import { sendRefund } from './send-refund'

const system = { kind: 'system' } as const
const telegram = { kind: 'telegram' } as const
const at = fromUnix(toUnix(new Date()))

let api: FakeBotApi
let ann: PersonActor

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

const payloadFor = (person: PersonActor, planCode: string, amount: number, currency = 'XTR') =>
  signPayload({
    id: newId(),
    planCode,
    issuedAt: at,
    telegramUserId: person.telegramUserId,
    currency,
    amount,
  })

async function charged(overrides: Partial<Charge> = {}): Promise<{ id: string; charge: Charge }> {
  const charge = makeCharge({
    payer: ann,
    payload: payloadFor(ann, 'gold_1m', 500),
    chargedAt: at,
    ...overrides,
  })
  await recordCharge(telegram, charge)
  const { id } = await db().paymentEvent.findFirstOrThrow({ where: { chargeId: charge.chargeId } })
  return { id, charge }
}

const subscribed = (chargedAt = at, amount = 450) =>
  charged({
    payload: payloadFor(ann, 'gold_monthly', amount),
    amount,
    chargedAt,
    isRecurring: true,
    isFirstRecurring: true,
    subscriptionExpiresAt: addDays(chargedAt, 30),
  })

const held = async () => (await listEntitlements(ann, ann.telegramUserId)).entitlements
const requestOf = (paymentId: string) => db().refundRequest.findUnique({ where: { paymentId } })
const jobs = async (name: string) =>
  (
    await pool().query<{ key: string }>(
      'select key from graphile_worker.jobs where task_identifier = $1',
      [name],
    )
  ).rows
const calls = (method: string) => api.calls.filter((call) => call.method === method)

describe('a requested refund', () => {
  it('is asked for once, however often and from wherever it is requested', async () => {
    const { id } = await charged()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => requestRefund(system, id, 'bought by mistake')),
    )
    expect(outcomes.filter((outcome) => outcome === 'requested')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'already_requested')).toHaveLength(19)
    expect(await jobs('refund_charge')).toHaveLength(1)
    expect(await db().auditEntry.findMany({ where: { subjectId: id } })).toMatchObject([
      { actor: 'system', action: 'request_refund', reason: 'bought by mistake' },
    ])
  })

  it('takes back exactly what the charge gave, and tells the buyer once', async () => {
    const first = await charged()
    await charged({ chargedAt: addDays(at, 25), payload: payloadFor(ann, 'gold_1m', 500) })
    await requestRefund(system, first.id, 'a reason')
    expect(await sendRefund(system, first.id)).toBe('done')
    expect(await held()).toMatchObject([{ expires_at: addDays(at, 55).toISOString() }])
    expect(calls('refundStarPayment')).toMatchObject([
      {
        params: {
          user_id: ann.telegramUserId,
          telegram_payment_charge_id: first.charge.chargeId,
        },
      },
    ])
    // Telegram's own word about it comes afterwards, and the job may run again.
    expect(await recordRefund(telegram, refundOf(first.charge))).toBe('duplicate')
    expect(await sendRefund(system, first.id)).toBe('done')
    expect(calls('refundStarPayment')).toHaveLength(1)
    expect(await requestOf(first.id)).toMatchObject({ state: 'done', problem: null })
    expect(await jobs('tell_refund')).toHaveLength(1)
    expect(await requestRefund(system, first.id, 'again')).toBe('already_refunded')
  })

  it('counts CHARGE_ALREADY_REFUNDED as done: the first answer was lost', async () => {
    const { id } = await charged()
    await requestRefund(system, id, 'a reason')
    api.refuse('refundStarPayment', 502, 'Bad Gateway')
    await expect(sendRefund(system, id)).rejects.toThrow('Bad Gateway')
    expect(await requestOf(id)).toMatchObject({ state: 'requested' })
    expect(await held()).toMatchObject([{ active: true }])

    api.refuse('refundStarPayment', 400, 'Bad Request: CHARGE_ALREADY_REFUNDED')
    expect(await sendRefund(system, id)).toBe('done')
    expect(await held()).toMatchObject([{ status: 'revoked' }])
  })

  it('leaves an unknown outcome open until Telegram tells of the refund itself', async () => {
    const { id, charge } = await charged()
    await requestRefund(system, id, 'a reason')
    api.refuse('refundStarPayment', 500, 'Internal Server Error')
    await expect(sendRefund(system, id)).rejects.toThrow()
    expect(await recordRefund(telegram, refundOf(charge))).toBe('refunded')
    expect(await requestOf(id)).toMatchObject({ state: 'done' })
    expect(await sendRefund(system, id)).toBe('done')
    expect(calls('refundStarPayment')).toHaveLength(1)
  })

  it('waits as long as Telegram asks', async () => {
    const { id } = await charged()
    await requestRefund(system, id, 'a reason')
    api.refuse('refundStarPayment', 429, 'Too Many Requests: retry after 17', { retry_after: 17 })
    expect(await sendRefund(system, id)).toEqual({ laterSeconds: 17 })
  })

  it('becomes a finding with advice when the balance is too low, and can be asked for again', async () => {
    const { id } = await charged()
    await requestRefund(system, id, 'a reason')
    api.refuse('refundStarPayment', 400, 'Bad Request: BALANCE_TOO_LOW')
    expect(await sendRefund(system, id)).toBe('refused')
    expect(await held()).toMatchObject([{ active: true }])
    expect(await requestOf(id)).toMatchObject({ state: 'failed', problem: 'BALANCE_TOO_LOW' })
    expect(await db().finding.findMany({ where: { subject: id } })).toMatchObject([
      { kind: 'refund_balance_low', resolvedAt: null },
    ])
    expect(await jobs('tell_admins')).toHaveLength(1)

    api.reset()
    expect(await requestRefund(system, id, 'the balance is there now')).toBe('requested')
    expect(await sendRefund(system, id)).toBe('done')
    const [finding] = await db().finding.findMany({ where: { subject: id } })
    expect(finding?.resolvedAt).not.toBeNull()
  })

  it('refuses what cannot be refunded, and says why', async () => {
    const { id } = await charged()
    await expect(requestRefund(system, newId(), 'a reason')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(requestRefund(system, id, ' ')).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(markRefunded(system, id, 'a reason')).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('the refund of a subscription', () => {
  it('ends its renewal too, at Telegram and here', async () => {
    const { id, charge } = await subscribed()
    await requestRefund(system, id, 'a reason')
    await sendRefund(system, id)
    expect(await jobs('stop_subscription')).toHaveLength(1)

    const of = { telegramUserId: ann.telegramUserId, invoicePayload: charge.payload }
    expect(await stopSubscription(system, of)).toBe('stopped')
    expect(calls('editUserStarSubscription')).toMatchObject([
      { params: { telegram_payment_charge_id: charge.chargeId, is_canceled: true } },
    ])
    expect(await stopSubscription(system, of)).toBe('nothing_to_stop')
    expect(await held()).toMatchObject([{ status: 'revoked', renews: false }])
  })

  it('counts an ended subscription as stopped, and tries again after a failure', async () => {
    const { charge } = await subscribed()
    const of = { telegramUserId: ann.telegramUserId, invoicePayload: charge.payload }
    api.refuse('editUserStarSubscription', 500, 'Internal Server Error')
    await expect(stopSubscription(system, of)).rejects.toThrow()
    api.refuse('editUserStarSubscription', 400, 'Bad Request: SUBSCRIPTION_NOT_ACTIVE')
    expect(await stopSubscription(system, of)).toBe('stopped')
    expect(await held()).toMatchObject([{ active: true, renews: false }])
  })
})

describe('the refund of one of two plans for life', () => {
  it('lets the other count, which added nothing until then', async () => {
    const forLife = () => ({ payload: payloadFor(ann, 'lifetime', 5000), amount: 5000 })
    const first = await charged(forLife())
    const second = await charged(forLife())
    const stateOf = async (id: string) =>
      (await db().paymentEvent.findUniqueOrThrow({ where: { id } })).status
    expect(await stateOf(second.id)).toBe('review')
    await requestRefund(system, first.id, 'a reason')
    await sendRefund(system, first.id)
    await runWorkerUntilEmpty()
    expect(await stateOf(second.id)).toBe('completed')
    expect(await held()).toMatchObject([{ plan_code: 'lifetime', active: true, expires_at: null }])
  })
})

describe('the refund of a charge in review', () => {
  it('leaves nothing that waits: its update is handled and its invoice is open again', async () => {
    const payload = payloadFor(ann, 'gold_1m', 500)
    await rememberPerson(telegram, ann, 'yes')
    const { id: userId } = await db().user.findUniqueOrThrow({
      where: { telegramUserId: ann.telegramUserId },
    })
    const sale = { planCode: 'gold_1m', method: 'stars', currency: 'XTR', amount: 500, payload }
    const moments = { createdAt: at, expiresAt: addDays(at, 1) }
    const id = payload.slice(0, 36)
    await db().invoice.create({ data: { id, userId, ...sale, ...moments } })
    const charge = makeCharge({ payer: ann, payload, amount: 499, chargedAt: at })
    await recordCharge(telegram, charge, { updateId: 77_001, kind: 'message', body: {} })
    const invoice = async () => (await db().invoice.findUniqueOrThrow({ where: { id } })).status
    expect(await invoice()).toBe('review')

    const { chargeId } = charge
    const refund = { providerChargeId: null, currency: 'XTR', amount: 499, payload, refundedAt: at }
    const whose = { provider: 'stars' as const, chargeId, telegramUserId: ann.telegramUserId }
    await recordRefund(telegram, { ...whose, ...refund })
    expect(await invoice()).toBe('open')
    expect(await db().telegramUpdate.findMany({ where: { chargeId } })).toMatchObject([
      { state: 'handled' },
    ])
  })
})

describe('a higher plan bought while a lower subscription runs', () => {
  it('starts now, leaves the lower one to its end and stops its renewal', async () => {
    await db().plan.create({
      data: {
        code: 'silver_monthly',
        name: 'Silver, monthly',
        description: '',
        features: [],
        family: 'premium',
        tier: 1,
        kind: 'subscription',
        durationDays: 30,
      },
    })
    const silver = await charged({
      payload: payloadFor(ann, 'silver_monthly', 200),
      amount: 200,
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(at, 30),
    })
    await charged({ chargedAt: addDays(at, 1), payload: payloadFor(ann, 'gold_1m', 500) })
    expect(await jobs('stop_subscription')).toEqual([
      { key: `stop_subscription:${ann.telegramUserId}:${silver.charge.payload}` },
    ])
    await stopSubscription(system, {
      telegramUserId: ann.telegramUserId,
      invoicePayload: silver.charge.payload,
    })
    const ends = new Map((await held()).map((one) => [one.plan_code, one]))
    expect(ends.get('gold_1m')).toMatchObject({ expires_at: addDays(at, 31).toISOString() })
    expect(ends.get('silver_monthly')).toMatchObject({
      active: true,
      renews: false,
      expires_at: addDays(at, 30).toISOString(),
    })
  })

  it('stops its renewal in whatever order the two are told, and not one begun afterwards', async () => {
    const higher = (day: number) =>
      charged({ chargedAt: addDays(at, day), payload: payloadFor(ann, 'gold_1m', 500) })
    const lower = (day: number) =>
      charged({
        payload: payloadFor(ann, 'silver_monthly', 200),
        amount: 200,
        chargedAt: addDays(at, day),
        isRecurring: true,
        isFirstRecurring: true,
        subscriptionExpiresAt: addDays(at, day + 30),
      })
    await higher(1)
    const { charge } = await lower(0)
    expect(await jobs('stop_subscription')).toEqual([
      { key: `stop_subscription:${ann.telegramUserId}:${charge.payload}` },
    ])
    await pool().query('delete from graphile_worker._private_jobs')
    ann = makePerson()
    await lower(2)
    await higher(1)
    expect(await jobs('stop_subscription')).toEqual([])
  })
})

describe("a charge through a provider's card", () => {
  const coaching = () =>
    charged({
      provider: 'telegram',
      currency: 'GBP',
      amount: 2500,
      payload: payloadFor(ann, 'coaching_1m', 2500, 'GBP'),
      orderInfo: { name: 'Ann Example', email: 'ann@example.com' },
    })

  it('keeps what the buyer filled in, and nothing of it in the raw update', async () => {
    const { charge } = await coaching()
    const other = makeCharge({
      ...charge,
      chargeId: 'card-2',
      payload: payloadFor(ann, 'coaching_1m', 2500, 'GBP'),
    })
    const body = { message: { successful_payment: { order_info: { email: 'ann@example.com' } } } }
    await recordCharge(telegram, other, { updateId: 4711, kind: 'message', body })
    expect(
      await db().paymentEvent.findFirstOrThrow({ where: { chargeId: 'card-2' } }),
    ).toMatchObject({ orderInfo: { name: 'Ann Example', email: 'ann@example.com' } })
    const raw = await db().telegramUpdate.findFirstOrThrow({ where: { chargeId: 'card-2' } })
    expect(raw.body).toEqual({ message: { successful_payment: {} } })
  })

  it('is marked as refunded by hand, because Telegram has no refund for it', async () => {
    const { id } = await coaching()
    await expect(requestRefund(system, id, 'a reason')).rejects.toMatchObject({ code: 'conflict' })
    expect(await markRefunded(system, id, 'refunded at the provider')).toBe('refunded')
    expect(await markRefunded(system, id, 'again')).toBe('duplicate')
    expect(await held()).toMatchObject([{ plan_code: 'coaching_1m', status: 'revoked' }])
    expect(await db().auditEntry.findMany({ where: { subjectId: id } })).toMatchObject([
      { action: 'mark_refunded', reason: 'refunded at the provider' },
    ])
    expect(api.calls).toEqual([])
  })
})

function refundOf(charge: Charge) {
  return {
    provider: charge.provider,
    chargeId: charge.chargeId,
    providerChargeId: null,
    telegramUserId: ann.telegramUserId,
    currency: charge.currency,
    amount: charge.amount,
    payload: charge.payload,
    refundedAt: addDays(at, 1),
  }
}
