import { endSubscription, periodOf } from '@/simulator/server/stripe/billing'
import { closeDispute, createRefund, openDispute } from '@/simulator/server/stripe/refunds'
import type { World } from '@/simulator/server/world'

type Held = {
  status: 'active' | 'grace' | 'expired' | 'revoked'
  renews: boolean
  /** From the purchase to the paid end. */
  days: number
}

/** What must be true once the first events of a history are told, by hand and not by our code. */
export type Expected = {
  /** How each charge stands, oldest first. */
  charges: ('completed' | 'refunded')[]
  holds: Held[]
  subscription: 'active' | 'failed' | 'canceled' | null
  /**
   * Whether the admins were told that a part of the money went back. Left out while all of it is
   * gone: then it depends on whether we heard of the part before.
   */
  isPartlyRefunded?: boolean
}

export type Step = {
  /** The type of the event that tells of it. */
  tells: string
  /** Which of several events of that type. */
  where?: (object: Record<string, unknown>) => boolean
  happens?: (of: Bought) => unknown
  expects: Expected
}

/** A purchase at Stripe, and its world. */
export type Bought = { world: World; customer: string; intent: string; subscription: string }

export type StripeHistory = {
  about: string
  planKind: 'one_off' | 'subscription'
  /** The first one is the purchase. */
  steps: Step[]
}

const hourSeconds = 3600

const refunds = (amount?: number) => ({
  tells: 'charge.refunded',
  happens: ({ world, intent }: Bought) =>
    createRefund(world.stripe, { payment_intent: intent, ...(amount ? { amount } : {}) }),
})
const disputes = {
  tells: 'charge.dispute.created',
  happens: ({ world, intent }: Bought) =>
    openDispute(world.stripe, { payment_intent: intent, reason: 'fraudulent' }),
}
const closes = (outcome: 'won' | 'lost') => ({
  tells: 'charge.dispute.closed',
  happens: ({ world: { stripe } }: Bought) =>
    closeDispute(stripe, [...stripe.disputes.keys()].at(-1) ?? '', outcome),
})

const paid: Expected = {
  charges: ['completed'],
  holds: [{ status: 'active', renews: false, days: 30 }],
  subscription: null,
  isPartlyRefunded: false,
}
const partlyRefunded: Expected = { ...paid, isPartlyRefunded: true }
const takenBack: Expected = {
  charges: ['refunded'],
  holds: [{ status: 'revoked', renews: false, days: 30 }],
  subscription: null,
}

/** The clock goes past the end of the period and the hour that its invoice is a draft. */
async function renews({ world, subscription }: Bought): Promise<void> {
  const { end } = periodOf(world.stripe.subscription(subscription))
  await world.clock.advance((end - world.clock.unix() + hourSeconds + 1) * 1000)
}

async function failsToRenew(of: Bought): Promise<void> {
  const record = of.world.stripe.running.get(of.subscription)
  if (record) record.failing = true
  await renews(of)
}

/** Sends the first or the second period's money back. */
const refundsPeriod = (index: number) => ({
  tells: 'charge.refunded',
  happens: ({ world: { stripe }, customer }: Bought) => {
    const charges = [...stripe.charges.values()].filter(
      (one) => one.paid && one.customer === customer,
    )
    return createRefund(stripe, { charge: charges[index]?.id })
  },
})

const subscribed: Expected = {
  charges: ['completed'],
  holds: [{ status: 'active', renews: true, days: 30 }],
  subscription: 'active',
}
const renewed: Expected = {
  charges: ['completed', 'completed'],
  holds: [{ status: 'active', renews: true, days: 60 }],
  subscription: 'active',
}
const inGrace: Expected = {
  charges: ['completed', 'completed'],
  holds: [{ status: 'grace', renews: true, days: 60 }],
  subscription: 'failed',
}
const subscribing: Step[] = [
  {
    tells: 'customer.subscription.created',
    expects: { charges: [], holds: [], subscription: null },
  },
  { tells: 'invoice.paid', expects: subscribed },
  { tells: 'invoice.paid', happens: renews, expects: renewed },
  { tells: 'invoice.payment_failed', happens: failsToRenew, expects: inGrace },
]

/** Histories that every order of their events is tried with. */
export const stripeHistories: readonly StripeHistory[] = [
  {
    about: 'paid, refunded in part, disputed and won',
    planKind: 'one_off',
    steps: [
      { tells: 'payment_intent.succeeded', expects: paid },
      { ...refunds(100), expects: partlyRefunded },
      { ...refunds(100), expects: partlyRefunded },
      { ...disputes, expects: takenBack },
      { ...closes('won'), expects: partlyRefunded },
      { tells: 'charge.dispute.funds_reinstated', expects: partlyRefunded },
    ],
  },
  {
    about: 'paid, refunded in part, disputed and lost',
    planKind: 'one_off',
    steps: [
      { tells: 'payment_intent.succeeded', expects: paid },
      { ...refunds(100), expects: partlyRefunded },
      { ...refunds(100), expects: partlyRefunded },
      { ...refunds(100), expects: partlyRefunded },
      { ...disputes, expects: takenBack },
      { ...closes('lost'), expects: takenBack },
    ],
  },
  {
    about: 'paid and refunded in parts until nothing is left',
    planKind: 'one_off',
    steps: [
      { tells: 'payment_intent.succeeded', expects: paid },
      { ...refunds(100), expects: partlyRefunded },
      { ...refunds(100), expects: partlyRefunded },
      { ...refunds(), expects: takenBack },
    ],
  },
  {
    about: 'subscribed, renewed, not paid again, past due, the first period refunded: grace',
    planKind: 'subscription',
    steps: [
      ...subscribing,
      {
        tells: 'customer.subscription.updated',
        where: ({ status }) => status === 'past_due',
        expects: inGrace,
      },
      { ...refundsPeriod(0), expects: { ...inGrace, charges: ['refunded', 'completed'] } },
    ],
  },
  {
    about: 'subscribed, renewed, not paid again, ended, the last period refunded: expired',
    planKind: 'subscription',
    steps: [
      ...subscribing,
      {
        tells: 'customer.subscription.deleted',
        happens: ({ world: { stripe }, subscription }) =>
          endSubscription(stripe, stripe.subscription(subscription), 'cancellation_requested'),
        expects: {
          ...inGrace,
          holds: [{ status: 'expired', renews: false, days: 60 }],
          subscription: 'canceled',
        },
      },
      {
        ...refundsPeriod(1),
        expects: {
          charges: ['completed', 'refunded'],
          holds: [{ status: 'expired', renews: false, days: 30 }],
          subscription: 'canceled',
        },
      },
    ],
  },
]
