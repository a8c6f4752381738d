import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { db } from '@/lib/platform/db'
import { type CardShop, startCardShop } from '@/lib/testing/card-shop'
import { makePerson } from '@/lib/testing/factories'
import { deleteMyData } from './delete-my-data'
import { listFailedRenewals } from './queries'

const daySeconds = 86_400
let shop: CardShop
let ann: PersonActor

beforeAll(async () => {
  shop = await startCardShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson({ firstName: 'Annabella' })
  await shop.control('faults', {})
})

const user = () => db().user.findUniqueOrThrow({ where: { telegramUserId: ann.telegramUserId } })
const pageState = async (id: string) =>
  (await shop.state()).sessions.find((one) => one.id === id)?.status

/** The renewal is declined, and the next try would succeed. */
async function failsToRenewOnce(): Promise<string> {
  const { subscription } = await shop.buys(ann, 'card_monthly')
  await shop.act(subscription, 'fail')
  await shop.act(subscription, 'renew')
  await shop.becomes(ann, [{ status: 'grace', renews: true }])
  const card = shop.simulator.world.stripe.running.get(subscription)
  if (card) card.failing = false
  return subscription
}

describe('deleting the data of somebody who pays by card', () => {
  it('while a renewal is unpaid lets nothing more be charged', async () => {
    await failsToRenewOnce()
    expect(await listFailedRenewals(ann)).toEqual(['card_monthly'])
    await deleteMyData(ann)
    expect(await shop.held(ann)).toMatchObject([{ status: 'expired', renews: false }])
    await shop.waits(40 * daySeconds)
    const { paid, subscriptions } = await shop.atStripe(ann)
    expect(paid).toHaveLength(1)
    expect(subscriptions).toMatchObject([{ status: 'canceled' }])
  })

  it('also ends what was cancelled at Stripe while its renewal was unpaid', async () => {
    const subscription = await failsToRenewOnce()
    await shop.act(subscription, 'cancel_at_period_end')
    await shop.becomes(ann, [{ status: 'expired', renews: false }])
    await deleteMyData(ann)
    await shop.waits(40 * daySeconds)
    expect((await shop.atStripe(ann)).paid).toHaveLength(1)
  })

  it('closes the pages on which they could still pay', async () => {
    const pages = [await shop.opens(ann, 'card_1m'), await shop.opens(ann, 'card_monthly')]
    await deleteMyData(ann)
    expect(await Promise.all(pages.map(pageState))).toEqual(['expired', 'expired'])
    const open = { user: { telegramUserId: ann.telegramUserId }, expiresAt: { gt: await now() } }
    expect(await db().invoice.count({ where: open })).toBe(0)
    expect((await user()).deletedAt).not.toBeNull()
  })

  it('waits for a payment that is under way, and for Stripe while it does not answer', async () => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    const page = await shop.opens(ann, 'card_monthly')
    await shop.pays(page)
    const refused = { code: 'telegram_unavailable' }
    await expect(deleteMyData(ann)).rejects.toMatchObject(refused)
    expect(await user()).toMatchObject({ deletedAt: null })

    const events = [...shop.simulator.world.stripe.events.values()]
    const told = events.findLast(({ type }) => type === 'invoice.paid')
    await shop.control('stripe/deliver', { event_ids: [told?.id] })
    await shop.becomes(ann, [{ active: true, renews: true }])
    await shop.control('faults', { stripe_api: { '*': { status: 500, times: 10 } } })
    await expect(deleteMyData(ann)).rejects.toMatchObject(refused)
    await shop.control('faults', {})
    await deleteMyData(ann)
    expect(await shop.held(ann)).toMatchObject([{ active: true, renews: false }])
  })

  it('empties what Stripe told of them, and of nobody else', async () => {
    const bob = makePerson()
    await shop.buys(ann, 'card_1m')
    await shop.buys(bob, 'card_1m')
    const eventsOf = (person: PersonActor) =>
      db().stripeEvent.findMany({ where: { telegramUserId: person.telegramUserId } })
    const told = await eventsOf(ann)
    expect(told.map(({ type }) => type)).toContain('payment_intent.succeeded')
    await deleteMyData(ann)
    expect(await eventsOf(ann)).toEqual([])
    const left = await db().stripeEvent.findMany({
      where: { id: { in: told.map(({ id }) => id) } },
    })
    expect(left).toHaveLength(told.length)
    expect(left.every(({ body }) => JSON.stringify(body) === '{}')).toBe(true)
    const bodies = (await eventsOf(bob)).map(({ body }) => body)
    expect(JSON.stringify(bodies)).toContain('payment_intent')
  })
})
