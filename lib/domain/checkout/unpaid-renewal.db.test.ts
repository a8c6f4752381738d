import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  cancelSubscription,
  resumeSubscription,
} from '@/lib/domain/subscriptions/cancel-subscription'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { type CardShop, startCardShop } from '@/lib/testing/card-shop'
import { makePerson } from '@/lib/testing/factories'

const daySeconds = 86_400
let shop: CardShop
let ann: PersonActor

beforeAll(async () => {
  shop = await startCardShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  await shop.control('faults', {})
})

/** The next try of the card would succeed. */
async function failsToRenewOnce(): Promise<void> {
  const { subscription } = await shop.buys(ann, 'card_monthly')
  await shop.act(subscription, 'fail')
  await shop.act(subscription, 'renew')
  await shop.becomes(ann, [{ status: 'grace', renews: true }])
  const card = shop.simulator.world.stripe.running.get(subscription)
  if (card) card.failing = false
}

const endOf = async () => (await shop.held(ann))[0]?.expires_at

describe('a card renewal that is not paid', () => {
  it('is tried again by Stripe while nobody cancels', async () => {
    await failsToRenewOnce()
    await shop.waits(2 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(2)
  })

  it('is never charged once its owner cancels, and ends with what was paid', async () => {
    await failsToRenewOnce()
    const paidUntil = await endOf()
    await cancelSubscription(ann, 'card_monthly')
    expect(await shop.held(ann)).toMatchObject([
      { status: 'expired', active: false, renews: false, expires_at: paidUntil },
    ])
    await shop.waits(40 * daySeconds)
    const { subscriptions, invoices, paid } = await shop.atStripe(ann)
    expect(paid).toHaveLength(1)
    expect(subscriptions).toMatchObject([{ status: 'canceled' }])
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'void'])
    expect(await endOf()).toBe(paidUntil)
  })

  it('can be cancelled when our grace is over and Stripe still tries the card', async () => {
    const { subscription } = await shop.buys(ann, 'card_monthly')
    await shop.act(subscription, 'fail')
    await shop.act(subscription, 'renew')
    await shop.becomes(ann, [{ status: 'grace', renews: true }])
    // Telegram has no such time, and one try lies days behind the other.
    env().GRACE_HOURS = 0
    expect(await shop.held(ann)).toMatchObject([{ status: 'expired', renews: true }])
    await cancelSubscription(ann, 'card_monthly')
    env().GRACE_HOURS = 24
    expect(await shop.held(ann)).toMatchObject([{ renews: false }])
    await shop.waits(40 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(1)
  })

  it('cannot be resumed after that, and says so', async () => {
    await failsToRenewOnce()
    await cancelSubscription(ann, 'card_monthly')
    await expect(resumeSubscription(ann, 'card_monthly')).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await shop.held(ann)).toMatchObject([{ renews: false }])
  })

  it('is not charged either when we stop it', async () => {
    await failsToRenewOnce()
    const { invoicePayload } = await db().subscription.findFirstOrThrow({
      where: { user: { telegramUserId: ann.telegramUserId } },
    })
    const of = { telegramUserId: ann.telegramUserId, invoicePayload }
    expect(await stopSubscription({ kind: 'system' }, of)).toBe('stopped')
    await shop.waits(40 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(1)
  })

  it('is not charged when it is cancelled in the hour before its invoice is final', async () => {
    await shop.buys(ann, 'card_monthly')
    const end = Date.parse((await endOf()) ?? '')
    const { now } = await shop.control<{ now: string }>('clock')
    await shop.waits((end - Date.parse(now)) / 1000 + 60)
    expect((await shop.atStripe(ann)).invoices).toMatchObject([{}, { status: 'draft' }])
    await cancelSubscription(ann, 'card_monthly')
    expect(await shop.held(ann)).toMatchObject([{ status: 'expired', renews: false }])
    await shop.waits(40 * daySeconds)
    const { invoices, paid } = await shop.atStripe(ann)
    expect(paid).toHaveLength(1)
    expect(invoices).toMatchObject([{ status: 'paid' }, { status: 'draft', auto_advance: false }])
  })

  it('is not charged when Stripe did only half of it', async () => {
    await failsToRenewOnce()
    const fails = { 'POST /v1/invoices/:id/void': { status: 500, times: 10 } }
    await shop.control('faults', { stripe_api: fails })
    await expect(cancelSubscription(ann, 'card_monthly')).rejects.toMatchObject({
      code: 'stripe_unavailable',
    })
    await shop.control('faults', {})
    await shop.becomes(ann, [{ status: 'expired', renews: false }])
    await shop.waits(40 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(1)
  })

  it('of a paid period only stops at its end, as before', async () => {
    await shop.buys(ann, 'card_monthly')
    await cancelSubscription(ann, 'card_monthly')
    expect(await shop.held(ann)).toMatchObject([{ status: 'active', renews: false }])
    expect((await shop.atStripe(ann)).subscriptions).toMatchObject([
      { status: 'active', cancel_at_period_end: true },
    ])
    await shop.waits(40 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(1)
  })
})
