import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FoldCharge, foldCharges } from '@/lib/domain/entitlements/fold'
import { isActive, statusAt } from '@/lib/domain/entitlements/standing'
import { formatMoney } from '@/lib/kit/money'
import { addDays } from '@/lib/kit/period'
import { happeningParts, remarkParts, verdictParts } from '@/lib/messages/admin-people'
import {
  type AttemptFact,
  type ChargeFact,
  type GrantFact,
  type HeldFact,
  judge,
  type PersonFacts,
  remarksOf,
  type SubscriptionFact,
  type UnpaidFact,
} from './rules'
import { timelineOf } from './timeline'

const sum = formatMoney({ amount: 500, currency: 'XTR' })
const now = new Date('2026-06-15T12:00:00Z')
const clock = { now, graceHours: 24 }
const day = (offset: number) => addDays(now, offset)

const held = (overrides: Partial<HeldFact> = {}): HeldFact => ({
  planCode: 'gold_1m',
  planName: 'Gold',
  family: 'gold',
  tier: 1,
  startsAt: day(-10),
  expiresAt: day(20),
  renews: false,
  revokedAt: null,
  ...overrides,
})
const charge = (overrides: Partial<ChargeFact> = {}): ChargeFact => ({
  id: 'p1',
  planCode: 'gold_1m',
  planName: 'Gold',
  amount: 500,
  currency: 'XTR',
  status: 'completed',
  reason: null,
  at: day(-10),
  isRenewal: false,
  settledBy: null,
  settledAt: null,
  refundedAt: null,
  request: null,
  ...overrides,
})
const grant = (overrides: Partial<GrantFact> = {}): GrantFact => ({
  id: 'g1',
  planCode: 'gold_1m',
  planName: 'Gold',
  days: 30,
  by: '7',
  reason: 'a prize',
  at: day(-10),
  revokedAt: null,
  revokedBy: null,
  ...overrides,
})
const failed: SubscriptionFact = {
  planCode: 'gold_1m',
  planName: 'Gold',
  state: 'failed',
  stateAt: day(-1),
  stoppedAt: null,
}
const request = { by: '7', reason: 'asked', state: 'requested', problem: null, at: day(-1) }

const someone = (overrides: Partial<PersonFacts> = {}): PersonFacts => ({
  bannedAt: null,
  deletedAt: null,
  held: [],
  charges: [],
  grants: [],
  subscriptions: [],
  attempts: { failed: [], unpaid: [], isCut: false },
  ...overrides,
})

const attempt = (overrides: Partial<AttemptFact> = {}): AttemptFact => ({
  id: 'q1',
  amount: 500,
  currency: 'XTR',
  planName: 'Gold',
  reason: 'price_changed',
  at: day(-1),
  ...overrides,
})
const unpaid = (overrides: Partial<UnpaidFact> = {}): UnpaidFact => ({
  id: 'i1',
  amount: 500,
  currency: 'XTR',
  planName: 'Gold',
  method: 'stars',
  at: day(-2),
  expiresAt: day(-1),
  ...overrides,
})

/** The sentences, with dates as days from now. */
function told(facts: PersonFacts): string[] {
  const all = [...judge(facts, clock).map(verdictParts), ...remarksOf(facts).map(remarkParts)]
  return all.map((parts) =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part
        if ('to' in part) return part.to
        return `day ${Math.round((Date.parse(part.at) - now.getTime()) / 86_400_000)}`
      })
      .join(''),
  )
}

const ended = held({ startsAt: day(-40), expiresAt: day(-10) })
const grace = held({ expiresAt: day(-0.5), renews: true })
const taken = held({ revokedAt: day(-2) })

const cases: [string, Partial<PersonFacts>, string][] = [
  [
    'paid',
    { held: [held()], charges: [charge()] },
    `Has Gold until day 20: paid ${sum} on day -10.`,
  ],
  [
    'renews',
    { held: [held({ renews: true })], charges: [charge()] },
    `Has Gold until day 20 and it renews: paid ${sum} on day -10.`,
  ],
  [
    'for life by hand',
    { held: [held({ expiresAt: null })], grants: [grant({ days: null })] },
    'Has Gold for life: given by admin 7 on day -10, “a prize”.',
  ],
  [
    'ended',
    { held: [ended], charges: [charge({ at: day(-40) })] },
    `No access: Gold ended on day -10. It was last paid with ${sum} on day -40.`,
  ],
  [
    'failed and ended',
    { held: [ended], charges: [charge({ at: day(-40) })], subscriptions: [failed] },
    `No access: Gold ended on day -10, after a renewal that failed. It was last paid with ${sum} on day -40.`,
  ],
  [
    'grace',
    { held: [grace], charges: [charge()], subscriptions: [failed] },
    'Still has Gold, in grace until day 1: the renewal failed. It was paid until day 0.',
  ],
  [
    'grace without news',
    { held: [grace], charges: [charge()] },
    'Still has Gold, in grace until day 1: the renewal did not come yet. It was paid until day 0.',
  ],
  [
    'scheduled',
    { held: [held({ startsAt: day(3) })], charges: [charge()] },
    `No access yet: Gold is scheduled from day 3: paid ${sum} on day -10.`,
  ],
  [
    'refunded',
    {
      held: [taken],
      charges: [charge({ status: 'refunded', refundedAt: day(-2), request })],
    },
    `No access: Gold was taken away on day -2: the payment of ${sum} was refunded on day -2 by admin 7.`,
  ],
  [
    'refunded elsewhere',
    { held: [taken], charges: [charge({ status: 'refunded', refundedAt: day(-2) })] },
    `No access: Gold was taken away on day -2: the payment of ${sum} was refunded on day -2 outside of this shop.`,
  ],
  [
    'grant revoked',
    { held: [taken], grants: [grant({ revokedAt: day(-2), revokedBy: '8' })] },
    'No access: Gold was taken away on day -2: the grant was revoked by admin 8.',
  ],
  [
    'in review',
    { charges: [charge({ status: 'review', reason: 'wrong_amount' })] },
    `A payment of ${sum} waits for review and gives nothing until then. It is another amount than the invoice.`,
  ],
  [
    'left',
    { charges: [charge({ status: 'review', settledBy: '7', settledAt: day(-1) })] },
    `A payment of ${sum} was left without effect by admin 7.`,
  ],
  [
    'refund asked',
    { charges: [charge({ request })] },
    `The refund of ${sum} was asked for by admin 7 and is on its way: access ends when it is done.`,
  ],
  [
    'refund refused',
    { charges: [charge({ request: { ...request, state: 'failed', problem: 'BALANCE_TOO_LOW' } })] },
    `The refund of ${sum} was refused (BALANCE_TOO_LOW): the payment still counts.`,
  ],
  [
    'banned',
    { bannedAt: day(-1), held: [held()], charges: [charge()] },
    'Is banned since day -1: cannot log in or buy. What was paid for stays.',
  ],
  [
    'deleted',
    { deletedAt: day(-1), charges: [charge()] },
    'Had their data deleted on day -1: the names are gone, the ledger is kept.',
  ],
  ['nothing', {}, 'Never bought anything and was never given anything.'],
]

describe('why a person has access, or not', () => {
  it.each(cases)('is said in plain words: %s', (_, facts, sentence) => {
    expect(told(someone(facts))).toContain(sentence)
  })

  it('names the highest plan that is active now before what was or will be', () => {
    const rows = [
      held({ planCode: 'silver', planName: 'Silver', tier: 1 }),
      held({ planCode: 'gold', planName: 'Gold', tier: 2, expiresAt: day(2) }),
      held({ planCode: 'old', planName: 'Old', tier: 3, expiresAt: day(-2) }),
      held({ planCode: 'next', planName: 'Next', tier: 3, startsAt: day(2) }),
    ]
    expect(judge(someone({ held: rows }), clock)).toMatchObject([
      { kind: 'holds', planName: 'Gold' },
    ])
  })

  const anyCharge: fc.Arbitrary<FoldCharge> = fc
    .record({
      chargeId: fc.uuid(),
      at: fc.integer({ min: -90, max: 0 }),
      tier: fc.integer({ min: 1, max: 3 }),
      isSubscription: fc.boolean(),
      days: fc.option(fc.integer({ min: 1, max: 40 }), { freq: 8 }),
      renews: fc.boolean(),
    })
    .map(({ at, tier, isSubscription, ...one }) => ({
      ...one,
      chargedAt: day(at),
      planCode: `tier_${tier}`,
      tier,
      kind: isSubscription ? 'subscription' : 'one_off',
      subscriptionExpiresAt: isSubscription ? day(at + 30) : null,
      source: 'stars',
    }))

  it('never claims access that the fold does not give, and misses none', () => {
    fc.assert(
      fc.property(
        fc.array(anyCharge, { minLength: 1, maxLength: 8 }),
        fc.subarray(['tier_1', 'tier_2', 'tier_3']),
        (charges, revoked) => {
          const rows = foldCharges(charges).map((one) =>
            held({
              ...one,
              tier: Number(one.planCode.slice(-1)),
              revokedAt: revoked.includes(one.planCode) ? day(-1) : null,
            }),
          )
          const [verdict] = judge(someone({ held: rows }), clock)
          const claims = verdict?.kind === 'holds' || verdict?.kind === 'grace'
          const gives = rows.some((one) => isActive(statusAt(one, now, clock.graceHours)))
          expect(claims).toBe(gives)
        },
      ),
    )
  })
})

describe('what came to nothing', () => {
  const tried = (failed: AttemptFact[], more: Partial<PersonFacts> = {}) =>
    told(someone({ ...more, attempts: { failed, unpaid: [], isCut: false } }))

  it.each([
    ['price_changed', 'We said no: the price had changed since the invoice was made.'],
    ['banned', 'We said no: the person is banned.'],
    ['unavailable', 'the database did not answer in time.'],
    ['not_charged', 'No charge followed: the person did not finish the payment.'],
  ])('says in plain words why it did: %s', (reason, words) => {
    const [sentence] = tried([attempt({ reason })])
    expect(sentence).toContain(`Tried to pay on day -1: ${sum} for Gold. `)
    expect(sentence).toContain(words)
  })

  it('counts the tries, and is forgotten once money came', () => {
    const tries = [attempt(), attempt({ id: 'q2', at: day(-3) })]
    expect(tried(tries)[0]).toMatch(/^Tried to pay 2 times, last on day -1: /)
    expect(tried(tries, { charges: [charge({ at: day(-2) })] })[0]).toMatch(/^Tried to pay on day/)
    expect(tried(tries, { charges: [charge({ at: day(0) })] })).toEqual([])
  })

  it('tells invoices that nobody paid, and that there is more than is told', () => {
    const all = [unpaid(), unpaid({ id: 'i2', at: day(-9) })]
    const sentences = told(someone({ attempts: { failed: [], unpaid: all, isCut: true } }))
    expect(sentences).toEqual([
      `2 invoices were made and not paid, the newest: ${sum} for Gold with Telegram Stars, on day -2.`,
      'Only the newest 20 refused attempts and 20 unpaid invoices are told here.',
      'Never bought anything and was never given anything.',
    ])
  })

  it('stands in the timeline with what else happened', () => {
    const attempts = { failed: [attempt()], unpaid: [unpaid()], isCut: false }
    const facts = { ...someone({ attempts, charges: [charge()] }), since: day(-20) }
    const timeline = timelineOf(facts, [])
    expect(timeline.map((one) => one.kind)).toEqual(['attempt', 'unpaid', 'charged', 'first_seen'])
    const [first = { kind: 'first_seen', at: now }] = timeline
    expect(happeningParts(first)).toContainEqual({ link: '/admin/payments/q1', to: sum })
  })
})

describe('the timeline of one millisecond', () => {
  it('tells effects before their causes, newest first like everything else', () => {
    const at = day(0)
    const facts = {
      ...someone({
        charges: [charge({ at, refundedAt: at, settledAt: at, settledBy: '7' })],
        grants: [grant({ at, revokedAt: at })],
      }),
      since: at,
    }
    const done = [{ action: 'end_sessions', by: '7', reason: null, at }]
    expect(timelineOf(facts, done).map((one) => one.kind)).toEqual([
      'done',
      'grant_revoked',
      'granted',
      'refunded',
      'settled',
      'charged',
      'first_seen',
    ])
  })
})
