import { expect, vi } from 'vitest'
import { openCheckout } from '@/lib/domain/checkout/open-checkout'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { startStripeShop } from './stripe-shop'

type StripeState = {
  sessions: { id: string; status: string; client_reference_id: string; customer: string | null }[]
  subscriptions: { id: string; status: string; customer: string }[]
  invoices: { id: string; status: string; auto_advance: boolean; customer: string }[]
  charges: { id: string; paid: boolean; customer: string | null; payment_intent: string }[]
}

/**
 * Our webhook and Stripe as the simulator plays it, with two plans that are paid by card, and what a
 * buyer can do there.
 */
export async function startCardShop() {
  const shop = await startStripeShop()
  for (const [code, kind] of [
    ['card_1m', 'one_off'],
    ['card_monthly', 'subscription'],
  ] as const) {
    await db().plan.create({
      data: {
        ...{ code, name: code, description: '', features: [], family: code, tier: 1, kind },
        durationDays: 30,
        prices: { create: [{ currency: 'EUR', amount: 999 }] },
      },
    })
  }

  const state = () => shop.control<StripeState>('stripe/state')
  const held = async (person: PersonActor) =>
    (await listEntitlements(person, person.telegramUserId)).entitlements
  const becomes = (person: PersonActor, expected: object[]) =>
    vi.waitFor(async () => expect(await held(person)).toMatchObject(expected), 5000)

  /** Every delivery under way was answered, so what it brought is kept. */
  const settles = () =>
    vi.waitFor(() => expect(shop.simulator.world.stripe.webhooks.inFlight.size).toBe(0), 5000)

  /** Opens the page of a plan; the page's id. */
  async function opens(person: PersonActor, planCode: string): Promise<string> {
    const { invoice_id } = await openCheckout(person, { plan_code: planCode })
    const page = (await state()).sessions.find((one) => one.client_reference_id === invoice_id)
    return page?.id ?? ''
  }

  const pays = (pageId: string, by: { email?: string; name?: string } = {}) =>
    shop.control<{ status: string }>('stripe/pay', { session_id: pageId, ...by })

  /** Has a plan, told and booked; Stripe's ids of it. */
  async function buys(person: PersonActor, planCode: string) {
    await pays(await opens(person, planCode))
    await becomes(person, [{ plan_code: planCode, active: true }])
    await settles()
    const of = { telegramUserId: person.telegramUserId }
    const charge = await db().paymentEvent.findFirstOrThrow({ where: of })
    const subscription = await db().subscription.findFirst({ where: { user: of } })
    return {
      intent: charge.providerPaymentChargeId ?? '',
      subscription: subscription?.firstChargeId ?? '',
    }
  }

  /** Everything that Stripe has of a person. */
  async function atStripe(person: PersonActor) {
    const { stripeCustomerId: customer } = await db().user.findUniqueOrThrow({
      where: { telegramUserId: person.telegramUserId },
    })
    const { subscriptions, invoices, charges } = await state()
    const isHis = (one: { customer: string | null }) => one.customer === customer
    return {
      subscriptions: subscriptions.filter(isHis),
      invoices: invoices.filter(isHis),
      paid: charges.filter((one) => isHis(one) && one.paid),
    }
  }

  return {
    ...{ ...shop, state, held, becomes, opens, pays, buys, atStripe },
    act: (subscription: string, action: string) =>
      shop.control('stripe/subscriptions', { subscription, action }),
    waits: (seconds: number) => shop.control('clock', { advance_seconds: seconds }),
  }
}

export type CardShop = Awaited<ReturnType<typeof startCardShop>>
