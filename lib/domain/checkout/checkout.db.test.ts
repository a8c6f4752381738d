import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { requestRefund } from '@/lib/domain/payments/request-refund'
import { sendRefund } from '@/lib/domain/payments/send-refund'
import {
  cancelSubscription,
  resumeSubscription,
} from '@/lib/domain/subscriptions/cancel-subscription'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import * as Checkout from '@/lib/stripe/checkout'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type StripeShop, startStripeShop } from '@/lib/testing/stripe-shop'
import { catchUpEvents } from './catch-up-events'
import { expireCheckouts } from './expire-checkouts'
import { openCheckout, openPortal } from './open-checkout'

// Passes everything on, until a test has something happen while Stripe is asked.
vi.mock('@/lib/stripe/checkout', async (original) => {
  const real = await original<typeof Checkout>()
  return { ...real, createCheckout: vi.fn(real.createCheckout) }
})

const system = { kind: 'system' } as const
let shop: StripeShop
let ann: PersonActor

beforeAll(async () => {
  shop = await startStripeShop()
  const plan = { description: '', features: [], family: 'card', kind: 'one_off', goods: 'digital' }
  await db().plan.create({
    data: {
      ...plan,
      code: 'card_1m',
      name: 'Card, 1 month',
      tier: 1,
      durationDays: 30,
      prices: {
        create: [
          { currency: 'EUR', amount: 999 },
          { currency: 'XTR', amount: 500 },
        ],
      },
    },
  })
  await db().plan.create({
    data: {
      ...plan,
      code: 'card_monthly',
      name: 'Card, monthly',
      family: 'card_sub',
      tier: 1,
      kind: 'subscription',
      durationDays: 30,
      prices: { create: [{ currency: 'EUR', amount: 899 }] },
    },
  })
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  await shop.control('faults', {})
})

const held = async () => (await listEntitlements(ann, ann.telegramUserId)).entitlements
const charges = () =>
  db().paymentEvent.findMany({
    where: { telegramUserId: ann.telegramUserId, chargeId: { not: null } },
    orderBy: { chargedAt: 'asc' },
  })
const state = () =>
  shop.control<{
    sessions: { id: string; status: string; client_reference_id: string; expires_at: number }[]
    subscriptions: { id: string; metadata: Record<string, string> }[]
  }>('stripe/state')

async function checksOut(planCode: string, card?: string) {
  const checkout = await openCheckout(ann, { plan_code: planCode })
  const session = (await state()).sessions.find(
    (one) => one.client_reference_id === checkout.invoice_id,
  )
  const paid = await shop.control<{ status: string }>('stripe/pay', {
    session_id: session?.id,
    ...(card ? { card } : {}),
  })
  return { checkout, sessionId: session?.id ?? '', status: paid.status }
}

const becomes = (expected: object[]) =>
  vi.waitFor(async () => expect(await held()).toMatchObject(expected), 5000)
const isSettled = () =>
  vi.waitFor(async () => {
    const list = await shop.control<{ ok: boolean; type: string }[]>('stripe/deliveries')
    expect(list.filter((one) => !one.ok)).toEqual([])
  }, 5000)

describe('a plan bought by card', () => {
  it('is given once, with the invoice paid and the customer remembered', async () => {
    const { checkout, status } = await checksOut('card_1m')
    expect(status).toBe('paid')
    await becomes([{ plan_code: 'card_1m', active: true, source: 'stripe' }])
    expect(await charges()).toMatchObject([
      { provider: 'stripe', status: 'completed', currency: 'EUR', amount: 999n },
    ])
    expect(
      await db().invoice.findUniqueOrThrow({ where: { id: checkout.invoice_id } }),
    ).toMatchObject({ status: 'paid', method: 'stripe' })
    expect(await openPortal(ann)).toContain('/stripe/p/session/')
  })

  it('gives nothing when the card is declined, and can be tried again', async () => {
    const checkout = await openCheckout(ann, { plan_code: 'card_1m' })
    const session = (await state()).sessions.find(
      (one) => one.client_reference_id === checkout.invoice_id,
    )
    const pay = (card: string) =>
      shop.control<{ status: string }>('stripe/pay', { session_id: session?.id, card })
    expect(await pay('4000000000000002')).toMatchObject({ status: 'declined' })
    expect(await held()).toEqual([])
    expect(await pay('4242424242424242')).toMatchObject({ status: 'paid' })
    await becomes([{ active: true }])
  })

  it('is found in the list of events when no delivery came', async () => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await checksOut('card_1m')
    expect(await held()).toEqual([])
    expect(await catchUpEvents(system, 'recent')).toMatchObject({ caughtUp: 1 })
    expect(await held()).toMatchObject([{ active: true }])
    expect(await catchUpEvents(system, 'all')).toMatchObject({ caughtUp: 0 })
  })

  it('closes its page when Stars buy the same first', async () => {
    const checkout = await openCheckout(ann, { plan_code: 'card_1m' })
    const invoice = await createInvoice(ann, { plan_code: 'card_1m', method: 'stars' })
    const { payload } = await db().invoice.findUniqueOrThrow({ where: { id: invoice.invoice_id } })
    await recordCharge({ kind: 'telegram' }, makeCharge({ payer: ann, payload }))
    expect(await expireCheckouts(system, ann.telegramUserId)).toBe(1)
    const session = (await state()).sessions.find(
      (one) => one.client_reference_id === checkout.invoice_id,
    )
    expect(session?.status).toBe('expired')
    expect(await expireCheckouts(system, ann.telegramUserId)).toBe(0)
  })

  it('is not sold on a page that Stripe was making while Stars bought the same', async () => {
    const invoice = await createInvoice(ann, { plan_code: 'card_1m', method: 'stars' })
    const { payload } = await db().invoice.findUniqueOrThrow({ where: { id: invoice.invoice_id } })
    const { createCheckout } = await vi.importActual<typeof Checkout>('@/lib/stripe/checkout')
    vi.mocked(Checkout.createCheckout).mockImplementationOnce(async (wanted) => {
      await recordCharge({ kind: 'telegram' }, makeCharge({ payer: ann, payload }))
      // The job of that charge finds no page yet.
      expect(await expireCheckouts(system, ann.telegramUserId)).toBe(0)
      return createCheckout(wanted)
    })
    await expect(openCheckout(ann, { plan_code: 'card_1m' })).rejects.toMatchObject({
      code: 'already_entitled',
    })
    const { sessions } = await state()
    const mine = await db().invoice.findMany({
      where: { user: { telegramUserId: ann.telegramUserId }, method: 'stripe' },
    })
    const theirs = sessions.filter((one) => one.client_reference_id === mine[0]?.id)
    expect(theirs).toMatchObject([{ status: 'expired' }])
  })

  it.each([
    [60, 31 * 60],
    [3600, 3600],
    [7 * 86_400, 86_340],
  ])('has an invoice of %i s that lasts exactly as long as its page, %i s', async (ttl, lasts) => {
    const before = env().INVOICE_TTL_SECONDS
    env().INVOICE_TTL_SECONDS = ttl
    const checkout = await openCheckout(ann, { plan_code: 'card_1m' })
    env().INVOICE_TTL_SECONDS = before
    const row = await db().invoice.findUniqueOrThrow({ where: { id: checkout.invoice_id } })
    expect((row.expiresAt.getTime() - row.createdAt.getTime()) / 1000).toBe(lasts)
    expect(checkout.expires_at).toBe(row.expiresAt.toISOString())
    const page = (await state()).sessions.find((one) => one.client_reference_id === row.id)
    expect(page?.expires_at).toBe(Math.floor(row.expiresAt.getTime() / 1000))
  })
})

describe('money that comes back', () => {
  const paymentOf = async () => (await charges())[0]

  it('ends what it bought when it is refunded at Stripe', async () => {
    await checksOut('card_1m')
    await becomes([{ active: true }])
    const intent = (await paymentOf())?.chargeId
    await shop.control('stripe/refunds', { payment_intent: intent, amount: 100 })
    await isSettled()
    expect(await held()).toMatchObject([{ active: true }])
    const payment = await paymentOf()
    expect(await db().finding.findMany({ where: { subject: payment?.id ?? '' } })).toMatchObject([
      { kind: 'partial_refund' },
    ])
    await shop.control('stripe/refunds', { payment_intent: intent, amount: 899 })
    await becomes([{ status: 'revoked' }])
  })

  it('ends it when it is refunded from here, once', async () => {
    await checksOut('card_1m')
    await becomes([{ active: true }])
    const id = (await paymentOf())?.id ?? ''
    await requestRefund(system, id, 'a reason')
    expect(await sendRefund(system, id)).toBe('done')
    await becomes([{ status: 'revoked' }])
    await isSettled()
    expect(await charges()).toMatchObject([{ status: 'refunded' }])
  })

  it('ends it on a dispute and gives it back when the dispute is won', async () => {
    await checksOut('card_1m')
    await becomes([{ active: true }])
    const intent = (await paymentOf())?.chargeId
    const dispute = await shop.control<{ id: string }>('stripe/disputes', {
      payment_intent: intent,
    })
    await becomes([{ status: 'revoked' }])
    await shop.control('stripe/disputes', { dispute: dispute.id, close: 'won' })
    await becomes([{ active: true, status: 'active' }])
  })
})

describe('a subscription by card', () => {
  async function subscribes() {
    await checksOut('card_monthly')
    await becomes([{ plan_code: 'card_monthly', active: true, renews: true }])
    await isSettled()
    const row = await db().subscription.findFirstOrThrow({
      where: { user: { telegramUserId: ann.telegramUserId } },
    })
    return { id: row.firstChargeId ?? '', payload: row.invoicePayload }
  }
  const act = (subscription: string, action: string) =>
    shop.control('stripe/subscriptions', { subscription, action })

  it('renews by itself, with one charge for each period', async () => {
    const { id } = await subscribes()
    const [first] = await held()
    await act(id, 'renew')
    await vi.waitFor(async () => expect(await charges()).toHaveLength(2), 5000)
    await isSettled()
    const [now] = await held()
    const days =
      (Date.parse(now?.expires_at ?? '') - Date.parse(first?.expires_at ?? '')) / 86_400_000
    expect(days).toBe(30)
    expect(await charges()).toMatchObject([
      { isFirstRecurring: true, isRecurring: true },
      { isFirstRecurring: false, isRecurring: true },
    ])
  })

  it('is cancelled and resumed by its owner, here or at Stripe', async () => {
    const { id } = await subscribes()
    await cancelSubscription(ann, 'card_monthly')
    expect(await held()).toMatchObject([{ active: true, renews: false }])
    await expect(cancelSubscription(ann, 'card_monthly')).rejects.toMatchObject({
      code: 'conflict',
    })
    await resumeSubscription(ann, 'card_monthly')
    expect(await held()).toMatchObject([{ renews: true }])
    await isSettled()
    await act(id, 'cancel_at_period_end')
    await becomes([{ active: true, renews: false }])
    await act(id, 'resume')
    await becomes([{ active: true, renews: true }])
  })

  it('stops renewing when we stop it, once', async () => {
    const { payload } = await subscribes()
    const of = { telegramUserId: ann.telegramUserId, invoicePayload: payload }
    expect(await stopSubscription(system, of)).toBe('stopped')
    expect(await held()).toMatchObject([{ active: true, renews: false }])
    expect(await stopSubscription(system, of)).toBe('nothing_to_stop')
  })

  it('goes into grace when a renewal fails, and on when it succeeds', async () => {
    const { id } = await subscribes()
    await act(id, 'fail')
    await act(id, 'renew')
    await becomes([{ status: 'grace', active: true }])
    const { rows } = await import('@/lib/platform/pool').then(({ pool }) =>
      pool().query(
        `select from graphile_worker.jobs where task_identifier = 'tell_renewal_failed'`,
      ),
    )
    expect(rows.length).toBeGreaterThan(0)
    await act(id, 'recover')
    await becomes([{ status: 'active', renews: true }])
  })
})
