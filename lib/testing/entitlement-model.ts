import type { FoldCharge, FoldedEntitlement } from '@/lib/domain/entitlements/fold'

/*
 * The rules of entitlements once more, said as definitions instead of steps: what a charge gives is
 * defined by the charges before it, and what a person has of a plan by what its charges give.
 */

type Given = { charge: FoldCharge; from: number; until: number }

const dayMs = 86_400_000
const forLife = Number.POSITIVE_INFINITY

/** What these charges amount to, sorted by plan. Slow, and meant to be obvious. */
export function modelEntitlements(charges: readonly FoldCharge[]): FoldedEntitlement[] {
  const inOrder = charges.toSorted(
    (a, b) => Number(a.chargedAt) - Number(b.chargedAt) || Number(a.chargeId > b.chargeId) * 2 - 1,
  )
  const given = new Map<FoldCharge, Given | null>()
  const before = (charge: FoldCharge) => inOrder.slice(0, inOrder.indexOf(charge))
  const gives = (charge: FoldCharge): Given | null => {
    const known = given.get(charge)
    if (known !== undefined) return known
    const result = define(charge, before(charge).map(gives).filter(isGiven))
    given.set(charge, result)
    return result
  }
  const all = inOrder.map(gives).filter(isGiven)
  const plans = [...new Set(all.map(({ charge }) => charge.planCode))].sort()
  return plans.map((plan) => standing(all.filter(({ charge }) => charge.planCode === plan)))
}

const isGiven = (one: Given | null): one is Given => one !== null
const latestEnd = (of: Given[]) => Math.max(0, ...of.map(({ until }) => until))

/** A charge behind a plan of its tier or a higher one waits for its end; behind one for life, for ever. */
function define(charge: FoldCharge, earlier: Given[]): Given | null {
  const at = charge.chargedAt.getTime()
  if (charge.kind === 'subscription') {
    return { charge, from: at, until: (charge.subscriptionExpiresAt ?? charge.chargedAt).getTime() }
  }
  if (charge.days === null) return { charge, from: at, until: forLife }
  const from = Math.max(at, latestEnd(earlier.filter((one) => one.charge.tier >= charge.tier)))
  return from === forLife ? null : { charge, from, until: from + charge.days * dayMs }
}

/**
 * One plan: it began with the last charge that found it ended, ends with the latest end, and renews
 * when the subscription that is charged last since then does.
 */
function standing(given: Given[]): FoldedEntitlement {
  const until = latestEnd(given)
  const beginnings = given.filter(
    ({ charge }, index) =>
      index === 0 || latestEnd(given.slice(0, index)) < charge.chargedAt.getTime(),
  )
  const newest = (of: Given[]) => {
    const last = of.at(-1)
    if (!last) throw new Error('a plan that is held has a charge')
    return last
  }
  const held = given.slice(given.indexOf(newest(beginnings)))
  const subscriptions = held.filter(({ charge }) => charge.kind === 'subscription')
  const chargedLast = subscriptions.findLast((one) => one.until === latestEnd(subscriptions))
  return {
    planCode: newest(given).charge.planCode,
    startsAt: new Date(newest(beginnings).from),
    expiresAt: until === forLife ? null : new Date(until),
    renews: chargedLast?.charge.renews ?? false,
    source: newest(given).charge.source,
  }
}
