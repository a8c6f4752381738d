import { beforeEach, describe, expect, it } from 'vitest'
import { noteFinding } from '@/lib/domain/findings/note-finding'
import { signPayload } from '@/lib/domain/invoices/payload'
import type { Charge } from '@/lib/domain/payments/charge'
import { markRefunded } from '@/lib/domain/payments/mark-refunded'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import { requestRefund } from '@/lib/domain/payments/request-refund'
import { honourPayment, leavePayment, replayPayment } from '@/lib/domain/payments/settle-review'
import type { AdminActor, AdminRole, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { previewRefund } from './preview-refund'
import { findStory, type PaymentStory } from './story-queries'

const telegram = { kind: 'telegram' } as const
const system = { kind: 'system' } as const
const at = fromUnix(toUnix(new Date()))
const adminAs = (role: AdminRole): AdminActor => ({
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role,
  from: '127.0.0.1',
})
const owner = adminAs('owner')
const viewer = adminAs('viewer')
let ann: PersonActor
let updateId = 910_000

beforeEach(async () => {
  ann = makePerson()
  await pool().query('delete from graphile_worker._private_jobs')
})

const payloadFor = (planCode: string, amount: number, currency = 'XTR') =>
  signPayload({
    id: newId(),
    planCode,
    issuedAt: at,
    telegramUserId: ann.telegramUserId,
    currency,
    amount,
  })

async function charged(overrides: Partial<Charge> = {}): Promise<{ id: string; charge: Charge }> {
  const payload = payloadFor('gold_1m', 500)
  const charge = makeCharge({ payer: ann, payload, chargedAt: at, ...overrides })
  updateId += 1
  const raw = {
    updateId,
    kind: 'message',
    body: { update_id: updateId, order_info: { name: 'N' } },
  }
  await recordCharge(telegram, charge, raw)
  const { id } = await db().paymentEvent.findFirstOrThrow({ where: { chargeId: charge.chargeId } })
  return { id, charge }
}

const refundOf = (charge: Charge) => ({
  provider: charge.provider,
  chargeId: charge.chargeId,
  providerChargeId: null,
  telegramUserId: ann.telegramUserId,
  currency: charge.currency,
  amount: charge.amount,
  payload: charge.payload,
  refundedAt: addDays(at, 1),
})

async function storyOf(id: string, actor: AdminActor = owner): Promise<PaymentStory> {
  const story = await findStory(actor, id)
  if (!story) throw new Error('there is no story')
  return story
}
const kinds = (story: PaymentStory) => story.events.map((one) => one.kind)

describe('the story of a payment', () => {
  it('tells an ordinary sale from its invoice to the message that still waits', async () => {
    const { id, charge } = await charged()
    const story = await storyOf(id)
    expect(kinds(story)).toEqual(expect.arrayContaining(['invoice', 'charge', 'given']))
    expect(kinds(story)).toHaveLength(3)
    expect(story.payment).toMatchObject({
      status: 'completed',
      isMoney: true,
      isWaiting: false,
      chargeId: charge.chargeId,
      person: { telegramUserId: ann.telegramUserId, firstName: ann.firstName },
      plan: { code: 'gold_1m' },
      entitlement: { expiresAt: addDays(at, 30).toISOString() },
      invoice: { status: 'paid' },
    })
    expect(story.jobs.map((one) => one.task)).toContain('tell_buyer')
    expect(story.raw).toHaveLength(1)
    expect(story.listed).toMatchObject({ rows: [] })
  })

  it('tells a question and its answer before the charge that followed', async () => {
    const { id } = await charged()
    // Telegram dates the charge by its second, so it seems older than the question.
    const asked = new Date(at.getTime() + 300)
    await db().paymentEvent.update({
      where: { id },
      data: { preCheckoutQueryId: `q-${id}`, createdAt: asked },
    })
    const { invoiceId } = await db().paymentEvent.findUniqueOrThrow({ where: { id } })
    await db().invoice.update({
      where: { id: invoiceId ?? '' },
      data: { createdAt: new Date(asked.getTime() - 5000) },
    })
    const story = await storyOf(id)
    expect(kinds(story)).toEqual(['invoice', 'question', 'charge', 'given'])
    expect(story.events[1]).toMatchObject({ refused: null, isOwn: true })
  })

  it('says of a question that was refused why, and that it is no money', async () => {
    const id = newId()
    await db().paymentEvent.create({
      data: {
        id,
        provider: 'stars',
        telegramUserId: ann.telegramUserId,
        preCheckoutQueryId: `q-${id}`,
        invoicePayload: payloadFor('gold_1m', 500),
        amount: 500,
        currency: 'XTR',
        status: 'failed',
        reason: 'price_changed',
        createdAt: at,
        updatedAt: at,
      },
    })
    const story = await storyOf(id)
    expect(story.payment.isMoney).toBe(false)
    expect(story.events).toMatchObject([{ kind: 'question', refused: 'price_changed' }])
    expect(await previewRefund(owner, id)).toBeNull()
  })

  it('links the periods of a subscription with each other', async () => {
    const payload = payloadFor('gold_monthly', 450)
    const period = { payload, amount: 450, isRecurring: true }
    const first = await charged({
      ...period,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(at, 30),
    })
    const second = await charged({
      ...period,
      chargedAt: addDays(at, 30),
      subscriptionExpiresAt: addDays(at, 60),
    })
    const story = await storyOf(first.id)
    expect(story.events.find((one) => one.kind === 'other_charge')).toMatchObject({
      id: second.id,
      period: 'renewal',
      status: 'completed',
    })
    expect((await storyOf(second.id)).events).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'other_charge', id: first.id })]),
    )
    expect(story.payment.subscription).toMatchObject({ state: 'active', stoppedAt: null })
  })

  it('tells that an invoice was paid twice, and shows the other payment', async () => {
    const { charge, id } = await charged()
    const again = await charged({ payload: charge.payload, chargedAt: addDays(at, 1) })
    const story = await storyOf(again.id)
    expect(kinds(story)).toContain('paid_twice')
    expect(story.events).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'other_charge', id })]),
    )
    expect(story.jobs.map((one) => one.task)).toContain('tell_admins')
  })

  it('tells why a charge waits, and who settled it and why', async () => {
    const payload = payloadFor('gold_1m', 500)
    const { id: userId } = await db().user.create({
      data: { id: newId(), telegramUserId: ann.telegramUserId, firstName: ann.firstName },
    })
    await db().invoice.create({
      data: {
        id: payload.split('.')[0] ?? '',
        userId,
        planCode: 'gold_1m',
        method: 'stars',
        currency: 'XTR',
        amount: 500,
        payload,
        days: 30,
        createdAt: at,
        expiresAt: addDays(at, 1),
      },
    })
    const { id } = await charged({ payload, amount: 1 })
    const waiting = await storyOf(id)
    expect(waiting.payment).toMatchObject({ isWaiting: true, invoice: { status: 'review' } })
    expect(waiting.events).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'review', reason: 'wrong_amount' })]),
    )
    await honourPayment(owner, id, { planCode: 'gold_1m', reason: 'paid the rest by hand' })
    const settled = await storyOf(id)
    expect(settled.payment.isWaiting).toBe(false)
    expect(kinds(settled).slice(-2)).toEqual(['audit', 'given'])
    expect(settled.events.at(-2)).toMatchObject({
      action: 'honour_payment',
      by: '1',
      reason: 'paid the rest by hand',
    })
    expect(kinds(await storyOf(id, viewer)).slice(-2)).toEqual(['settled', 'given'])
  })

  it('tells a refund from the request to its end, and what went wrong between', async () => {
    const { id, charge } = await charged()
    await requestRefund(owner, id, 'bought by mistake')
    await db().refundRequest.update({
      where: { paymentId: id },
      data: { state: 'failed', problem: 'BALANCE_TOO_LOW' },
    })
    const details = { payment: id, problem: 'BALANCE_TOO_LOW' }
    await noteFinding(system, { kind: 'refund_balance_low', subject: id, details })
    const failed = await storyOf(id)
    expect(kinds(failed)).toEqual(
      expect.arrayContaining(['audit', 'refund_failed', 'finding', 'charge']),
    )
    expect(failed.payment.refund).toEqual({ state: 'failed', problem: 'BALANCE_TOO_LOW' })
    expect(failed.jobs.map((one) => one.task)).toEqual(
      expect.arrayContaining(['refund_charge', 'tell_admins']),
    )
    await recordRefund(telegram, refundOf(charge))
    const done = await storyOf(id)
    expect(kinds(done)).toEqual(expect.arrayContaining(['refunded', 'finding_resolved']))
    expect(done.payment).toMatchObject({ status: 'refunded', refund: { state: 'done' } })
    expect(done.payment.entitlement?.revokedAt).not.toBeNull()
    expect(await previewRefund(owner, id)).toBeNull()
  })

  it('compares with what Telegram lists', async () => {
    const { id, charge } = await charged()
    const row = {
      id: charge.chargeId,
      partner: 'invoice_payment',
      telegramUserId: ann.telegramUserId,
      invoicePayload: charge.payload,
      date: at,
      createdAt: at,
    }
    await db().starTransaction.createMany({
      data: [
        { ...row, direction: 'in', position: 1, amount: 450, commission: 50 },
        { ...row, direction: 'out', position: 2, amount: 499 },
      ],
    })
    expect((await storyOf(id)).listed?.rows).toMatchObject([
      { direction: 'in', amount: 500, commission: 50, isSame: true },
      { direction: 'out', amount: 499, isSame: false },
    ])
  })

  it('ties events of Stripe to the card charge they tell of', async () => {
    const { id } = await charged({
      provider: 'stripe',
      toldBy: 'stripe',
      chargeId: `in_${newId()}`,
      providerChargeId: `pi_${newId()}`,
      currency: 'EUR',
      amount: 999,
      payload: payloadFor('gold_1m', 999, 'EUR'),
    })
    const { providerPaymentChargeId } = await db().paymentEvent.findUniqueOrThrow({ where: { id } })
    const event = (object: object) => ({
      id: `evt_${newId()}`,
      type: 'charge.refunded',
      state: 'handled',
      body: { data: { object } },
      receivedAt: at,
    })
    await db().stripeEvent.createMany({
      data: [
        event({ id: 'ch_1', payment_intent: providerPaymentChargeId }),
        event({ id: 'ch_2', payment_intent: 'pi_other' }),
      ],
    })
    const raw = (await storyOf(id)).raw ?? []
    expect(raw.filter((one) => one.source === 'stripe')).toHaveLength(1)
  })
})

describe('who may see and do what', () => {
  it('keeps names, addresses and raw updates from viewers', async () => {
    const { id } = await charged({
      provider: 'telegram',
      currency: 'GBP',
      amount: 2500,
      payload: payloadFor('coaching_1m', 2500, 'GBP'),
      orderInfo: { name: 'Ann Example', shipping_address: { city: 'Bath' } },
    })
    const seen = await storyOf(id)
    expect(seen.orderInfo).toEqual([
      ['name', 'Ann Example'],
      ['shipping_address city', 'Bath'],
    ])
    expect(seen.raw).toHaveLength(1)
    const hidden = await storyOf(id, viewer)
    expect(hidden).toMatchObject({ orderInfo: null, hidesOrderInfo: true, raw: null })
    expect(JSON.stringify(hidden)).not.toMatch(/Ann Example|Bath/)
    expect(JSON.stringify(hidden.events)).not.toContain('127.0.0.1')
  })

  it('knows nothing of ids that are no payments', async () => {
    for (const id of [newId(), '', 'x', '../1', "1' or '1'='1", `${newId()}0`]) {
      expect(await findStory(owner, id)).toBeNull()
      expect(await previewRefund(owner, id)).toBeNull()
    }
  })

  it('refuses a viewer every verb and changes nothing', async () => {
    const { id } = await charged({ payload: `order-${newId()}` })
    const before = await storyOf(id)
    const tries = [
      () => requestRefund(viewer, id, 'why'),
      () => markRefunded(viewer, id, 'why'),
      () => honourPayment(viewer, id, { planCode: 'gold_1m', reason: 'why' }),
      () => replayPayment(viewer, id),
      () => leavePayment(viewer, id, 'why'),
      () => previewRefund(viewer, id),
    ]
    for (const attempt of tries)
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await storyOf(id)).toEqual(before)
  })
})

describe('fifty presses at once', () => {
  const times = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 50 }, () => work()))

  it('ask for one refund, by one job, with one entry in the audit log', async () => {
    const { id } = await charged()
    const outcomes = await times(() => requestRefund(owner, id, 'a reason'))
    expect(outcomes.filter((one) => one === 'requested')).toHaveLength(1)
    expect(await db().refundRequest.count({ where: { paymentId: id } })).toBe(1)
    const story = await storyOf(id)
    expect(story.jobs.filter((one) => one.task === 'refund_charge')).toHaveLength(1)
    expect(story.events.filter((one) => one.kind === 'audit')).toMatchObject([
      { action: 'request_refund', by: '1', from: '127.0.0.1', reason: 'a reason' },
    ])
  })

  it('mark a card as refunded once', async () => {
    const { id } = await charged({
      provider: 'telegram',
      currency: 'GBP',
      amount: 2500,
      payload: payloadFor('coaching_1m', 2500, 'GBP'),
    })
    const outcomes = await times(() => markRefunded(owner, id, 'refunded at the provider'))
    expect(outcomes.filter((one) => one === 'refunded')).toHaveLength(1)
    expect(await db().auditEntry.count({ where: { subjectId: id } })).toBe(1)
  })
})
