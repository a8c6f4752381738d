import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { catchUpEvents } from '@/lib/domain/checkout/catch-up-events'
import { openCheckout } from '@/lib/domain/checkout/open-checkout'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { exclusively } from '@/lib/platform/exclusive'
import { pool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { type StripeShop, startStripeShop } from '@/lib/testing/stripe-shop'
import { runWorkerUntilEmpty } from '@/lib/worker/run-worker'
import { banPerson, unbanPerson } from './ban-person'
import { closeCheckoutsOfBanned } from './close-checkouts'
import { restoreForPerson } from './restore-for-person'

const system = { kind: 'system' } as const
const admin: AdminActor = {
  kind: 'admin',
  telegramUserId: 2,
  firstName: 'Ada',
  role: 'support',
  from: '127.0.0.1',
}
let shop: StripeShop
let ann: PersonActor
let id: number

beforeAll(async () => {
  shop = await startStripeShop()
  await db().plan.create({
    data: {
      code: 'card_1m',
      name: 'Card, 1 month',
      description: '',
      features: [],
      family: 'card',
      tier: 1,
      kind: 'one_off',
      durationDays: 30,
      goods: 'digital',
      prices: { create: [{ currency: 'EUR', amount: 999 }] },
    },
  })
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  id = ann.telegramUserId
  await shop.control('faults', {})
  await pool().query('delete from graphile_worker._private_jobs')
})

type Session = { id: string; status: string; client_reference_id: string }
const sessionOf = async (invoiceId: string) => {
  const { sessions } = await shop.control<{ sessions: Session[] }>('stripe/state')
  return sessions.find((one) => one.client_reference_id === invoiceId)
}
const pays = async (invoiceId: string) =>
  shop.control<{ status: string }>('stripe/pay', { session_id: (await sessionOf(invoiceId))?.id })
const held = async () => (await listEntitlements(ann, id)).entitlements
const look = () => restoreForPerson(admin, { telegramUserId: id, reason: 'asked' }, catchUpEvents)

describe('a ban', () => {
  it('closes every page on which the person could still pay by card', async () => {
    const pages = [await openCheckout(ann, { plan_code: 'card_1m' })]
    pages.push(await openCheckout(ann, { plan_code: 'card_1m' }))
    await banPerson(admin, id, 'chargebacks')
    await runWorkerUntilEmpty()
    for (const { invoice_id: invoiceId } of pages) {
      expect(await sessionOf(invoiceId)).toMatchObject({ status: 'expired' })
      const { expiresAt } = await db().invoice.findUniqueOrThrow({ where: { id: invoiceId } })
      expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now())
    }
    expect(await held()).toEqual([])
  })

  it('looks again for a page that is being opened at this moment, and not for ever', async () => {
    const { invoice_id: invoiceId } = await openCheckout(ann, { plan_code: 'card_1m' })
    const { checkoutId } = await db().invoice.findUniqueOrThrow({ where: { id: invoiceId } })
    await db().invoice.update({ where: { id: invoiceId }, data: { checkoutId: null } })
    await banPerson(admin, id, 'chargebacks')
    expect(await closeCheckoutsOfBanned(system, id)).toBe('opening')
    await db().invoice.update({ where: { id: invoiceId }, data: { checkoutId } })
    expect(await closeCheckoutsOfBanned(system, id)).toBe('closed')
    expect(await sessionOf(invoiceId)).toMatchObject({ status: 'expired' })
    await db().invoice.update({
      where: { id: invoiceId },
      data: {
        checkoutId: null,
        createdAt: new Date(Date.now() - 200_000),
        expiresAt: new Date(Date.now() + 60_000),
      },
    })
    expect(await closeCheckoutsOfBanned(system, id)).toBe('closed')
  })

  it('that was lifted before the job ran closes nothing', async () => {
    const { invoice_id: invoiceId } = await openCheckout(ann, { plan_code: 'card_1m' })
    await banPerson(admin, id, 'chargebacks')
    await unbanPerson(admin, id, 'a mistake')
    await runWorkerUntilEmpty()
    expect(await sessionOf(invoiceId)).toMatchObject({ status: 'open' })
  })

  it('leaves a page that was paid a moment before as it is', async () => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    const { invoice_id: invoiceId } = await openCheckout(ann, { plan_code: 'card_1m' })
    expect(await pays(invoiceId)).toMatchObject({ status: 'paid' })
    const before = await db().invoice.findUniqueOrThrow({ where: { id: invoiceId } })
    await banPerson(admin, id, 'chargebacks')
    await closeCheckoutsOfBanned(system, id)
    expect(await db().invoice.findUniqueOrThrow({ where: { id: invoiceId } })).toEqual(before)
    await catchUpEvents(system, 'recent')
    expect(await held()).toMatchObject([{ plan_code: 'card_1m' }])
  })
})

describe('restoring for a person', () => {
  it('finds a card payment of which no event came, and says where it looked', async () => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    const { invoice_id: invoiceId } = await openCheckout(ann, { plan_code: 'card_1m' })
    await pays(invoiceId)
    expect(await held()).toEqual([])
    const looked = { status: 'done', stars: 'looked', cards: 'looked' }
    expect(await look()).toEqual({ ...looked, restored: 1 })
    expect(await held()).toMatchObject([{ plan_code: 'card_1m', active: true }])
    expect(await look()).toEqual({ ...looked, restored: 0 })
  })

  it('works out anew what they have also while a comparison is at work', async () => {
    const { invoice_id: invoiceId } = await openCheckout(ann, { plan_code: 'card_1m' })
    await pays(invoiceId)
    await vi.waitFor(async () => expect(await held()).toHaveLength(1), 5000)
    // As after a bug or a hand in the database: the charge is there, what it gave is not.
    await db().paymentEvent.updateMany({
      where: { telegramUserId: id },
      data: { entitlementId: null },
    })
    await db().entitlement.deleteMany({ where: { user: { telegramUserId: id } } })
    const outcome = await exclusively('reconciliation', look)
    expect(outcome).toMatchObject({ result: { status: 'done', stars: 'busy', cards: 'looked' } })
    expect(await held()).toMatchObject([{ plan_code: 'card_1m', active: true }])
  })

  it('says who did not answer, and refuses only when nobody did', async () => {
    await ensureUser(ann, new Date())
    const stripeFails = { stripe_api: { '*': { status: 500 } } }
    const telegramFails = { api: { getStarTransactions: { status: 500 } } }
    await shop.control('faults', stripeFails)
    expect(await look()).toMatchObject({ stars: 'looked', cards: 'silent' })
    await shop.control('faults', telegramFails)
    expect(await look()).toMatchObject({ stars: 'silent', cards: 'looked' })
    await shop.control('faults', { ...stripeFails, ...telegramFails })
    await expect(look()).rejects.toMatchObject({ code: 'telegram_unavailable' })
  })
})
