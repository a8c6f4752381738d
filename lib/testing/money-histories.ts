import fc from 'fast-check'
import type { FoldCharge } from '@/lib/domain/entitlements/fold'

/** Plans of the sample catalogue, as histories buy them: two families, two tiers, every kind. */
export const soldPlans = {
  silver_1m: { family: 'premium', tier: 1, days: 30, amount: 250 },
  silver_3m: { family: 'premium', tier: 1, days: 90, amount: 650 },
  gold_1m: { family: 'premium', tier: 2, days: 30, amount: 500 },
  gold_3m: { family: 'premium', tier: 2, days: 90, amount: 1300 },
  lifetime: { family: 'premium', tier: 2, days: null, amount: 5000 },
  coaching_1m: { family: 'coaching', tier: 1, days: 30, amount: 1900 },
} as const
export type SoldPlan = keyof typeof soldPlans
export const subscriptionPlan = { family: 'premium', tier: 2, days: 30, amount: 450 } as const
const planOf = (code: SoldPlan | 'gold_monthly') =>
  code === 'gold_monthly' ? subscriptionPlan : soldPlans[code]
const planCodes = ['silver_1m', 'silver_3m', 'gold_1m', 'gold_3m', 'coaching_1m'] as const

/** Something that happened to one person's money, in the order in which it happened. */
export type Happening =
  | {
      kind: 'charge'
      /** Counts the person's charges. */
      number: number
      /** Counts the person's invoices: renewals repeat it. */
      invoice: number
      at: Date
      planCode: SoldPlan | 'gold_monthly'
      period: 'one_off' | 'first' | 'renewal'
      endsAt: Date | null
    }
  | { kind: 'refund'; number: number; at: Date }
  | { kind: 'state'; invoice: number; at: Date; state: 'active' | 'canceled' | 'failed' }
  | {
      kind: 'grant'
      number: number
      at: Date
      planCode: SoldPlan | 'gold_monthly'
      days: number
      isRevoked: boolean
    }

type Step = { waitHours: number; choice: number } & (
  | { act: 'buy'; planCode: SoldPlan }
  | { act: 'subscribe' | 'renew' | 'cancel' | 'enable' | 'fail' | 'refund' }
  | { act: 'grant'; planCode: SoldPlan | 'gold_monthly'; days: number; isRevoked: boolean }
)

const pace = {
  // Often nothing, so that several things happen in the same second.
  waitHours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 24 * 12 })),
  choice: fc.nat(1000),
}
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('buy' as const),
      planCode: fc.constantFrom(...planCodes),
      ...pace,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('buy' as const),
      planCode: fc.constant('lifetime' as const),
      ...pace,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom('subscribe' as const, 'renew', 'cancel', 'enable', 'fail'),
      ...pace,
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('refund' as const), ...pace }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('grant' as const),
      planCode: fc.constantFrom(...planCodes, 'gold_monthly' as const),
      days: fc.integer({ min: 1, max: 60 }),
      isRevoked: fc.boolean(),
      ...pace,
    }),
  },
)

export const historyBegins = new Date('2026-03-01T00:00:00Z')
const hourMs = 3_600_000
const periodMs = 30 * 24 * hourMs

/** Any history of one person, without what could not happen, such as two refunds of one charge. */
export const anyHistory: fc.Arbitrary<Happening[]> = fc
  .array(step, { minLength: 1, maxLength: 14 })
  .map(happeningsOf)

function happeningsOf(steps: Step[]): Happening[] {
  const all: Happening[] = []
  const charges: Extract<Happening, { kind: 'charge' }>[] = []
  const open: { invoice: number; endsAt: Date; state: 'active' | 'canceled' }[] = []
  const refunded = new Set<number>()
  let time = historyBegins.getTime()
  let invoices = 0
  const charge = (more: Omit<(typeof charges)[number], 'kind' | 'number' | 'at'>) => {
    const one = { kind: 'charge' as const, number: charges.length, at: new Date(time), ...more }
    charges.push(one)
    all.push(one)
  }
  for (const one of steps) {
    time += one.waitHours * hourMs
    const at = new Date(time)
    const subscription = open[one.choice % Math.max(1, open.length)]
    switch (one.act) {
      case 'buy':
        charge({ invoice: invoices++, planCode: one.planCode, period: 'one_off', endsAt: null })
        break
      case 'subscribe': {
        const endsAt = new Date(time + periodMs)
        open.push({ invoice: invoices, endsAt, state: 'active' })
        charge({ invoice: invoices++, planCode: 'gold_monthly', period: 'first', endsAt })
        break
      }
      case 'renew': {
        if (subscription?.state !== 'active') break
        time = Math.max(time, subscription.endsAt.getTime())
        subscription.endsAt = new Date(time + periodMs)
        const { invoice, endsAt } = subscription
        charge({ invoice, planCode: 'gold_monthly', period: 'renewal', endsAt })
        break
      }
      case 'cancel':
      case 'enable': {
        const state = one.act === 'cancel' ? 'canceled' : 'active'
        if (!subscription || subscription.state === state) break
        subscription.state = state
        all.push({ kind: 'state', invoice: subscription.invoice, at, state })
        break
      }
      case 'fail':
        if (subscription?.state !== 'active') break
        all.push({ kind: 'state', invoice: subscription.invoice, at, state: 'failed' })
        break
      case 'refund': {
        const known = charges[one.choice % Math.max(1, charges.length)]
        if (!known || refunded.has(known.number)) break
        refunded.add(known.number)
        all.push({ kind: 'refund', number: known.number, at })
        break
      }
      case 'grant': {
        const { planCode, days, isRevoked } = one
        all.push({ kind: 'grant', number: all.length, at, planCode, days, isRevoked })
      }
    }
  }
  return all
}

/** Happenings as they reach us: each once or more often, in any order. */
export function anyDelivery(history: Happening[]): fc.Arbitrary<Happening[]> {
  const copies = fc.array(fc.nat({ max: Math.max(0, history.length - 1) }), { maxLength: 8 })
  return copies.chain((again) => {
    const all = [...history, ...again.flatMap((index) => history[index] ?? [])]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })
}

/**
 * What the fold is given once all of these were told: a charge counts once however often it came,
 * not at all when it was refunded, and a subscription is what its newest word says.
 */
export function unrefunded(told: readonly Happening[], family: string): FoldCharge[] {
  const refunded = new Set(told.flatMap((one) => (one.kind === 'refund' ? one.number : [])))
  const isCanceled = (invoice: number) =>
    told
      .filter((one) => one.kind === 'state')
      .filter((one) => one.invoice === invoice)
      .toSorted((a, b) => rank(told, a) - rank(told, b))
      .at(-1)?.state === 'canceled'
  const charges = new Map<string, FoldCharge>()
  for (const one of told) {
    if (one.kind === 'charge' && !refunded.has(one.number)) {
      const sold = planOf(one.planCode)
      if (sold.family !== family) continue
      const isSubscription = one.period !== 'one_off'
      charges.set(`c${one.number}`, {
        chargeId: `c${one.number}`,
        chargedAt: one.at,
        planCode: one.planCode,
        tier: sold.tier,
        kind: isSubscription ? 'subscription' : 'one_off',
        days: sold.days,
        subscriptionExpiresAt: one.endsAt,
        renews: isSubscription && !isCanceled(one.invoice),
        source: 'stars',
      })
    }
    if (one.kind === 'grant' && !one.isRevoked && planOf(one.planCode).family === family) {
      charges.set(`g${one.number}`, {
        chargeId: `g${one.number}`,
        chargedAt: one.at,
        planCode: one.planCode,
        tier: planOf(one.planCode).tier,
        kind: 'one_off',
        days: one.days,
        subscriptionExpiresAt: null,
        renews: false,
        source: 'grant',
      })
    }
  }
  return [...charges.values()]
}

/** Words of one moment are ordered as they were said, which only the history itself knows. */
function rank(told: readonly Happening[], one: Happening): number {
  return order.get(one) ?? told.indexOf(one)
}

const order = new WeakMap<Happening, number>()

/** Remembers the order in which things happened, whatever order they are told in. */
export function remember(history: Happening[]): Happening[] {
  for (const [index, one] of history.entries()) order.set(one, index)
  return history
}
