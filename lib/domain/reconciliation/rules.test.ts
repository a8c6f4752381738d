import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addSeconds } from '@/lib/kit/period'
import { decideRepair, type LedgerCharge, type Listed, type Repair } from './rules'

const paidAt = new Date('2026-11-23T12:00:00Z')
const listed = (overrides: Partial<Listed> = {}): Listed => ({
  partner: 'invoice_payment',
  direction: 'in',
  user: { telegramUserId: 42 },
  amount: 500,
  commission: 0,
  payload: 'p',
  date: paidAt,
  ...overrides,
})
const booked = (overrides: Partial<LedgerCharge> = {}): LedgerCharge => ({
  id: 'k',
  status: 'completed',
  amount: 500,
  telegramUserId: 42,
  invoicePayload: 'p',
  chargedAt: paidAt,
  ...overrides,
})
const refunded = { direction: 'out' } as const

describe('a row of Telegram’s list whose charge we do not know', () => {
  it.each([
    ['charge', true, {}],
    ['refund', true, refunded],
    ['foreign', false, {}],
    ['foreign', false, refunded],
    ['nothing', true, { partner: 'affiliate_program' }],
    ['nothing', true, { partner: 'paid_media_payment' }],
    ['nothing', true, { user: null }],
  ] satisfies [Repair, boolean, Partial<Listed>][])('asks for: %s', (repair, isOurs, row) => {
    expect(decideRepair(listed(row), undefined, isOurs)).toBe(repair)
  })
})

describe('a row of Telegram’s list whose charge we have', () => {
  it.each([
    ['nothing', 'the same', {}, {}],
    ['nothing', 'an affiliate took a share', { amount: 450, commission: 50 }, {}],
    ['nothing', 'the list leaves the payload out', { payload: null }, {}],
    ['nothing', 'a later date', { date: addSeconds(paidAt, 1) }, {}],
    ['nothing', 'a charge without a date', {}, { chargedAt: null }],
    ['sharpen', 'an earlier date', { date: addSeconds(paidAt, -1) }, {}],
    ['refund', 'a refund we have not heard of', refunded, {}],
    ['refund', 'a refund of money in review', refunded, { status: 'review' }],
    ['nothing', 'a refund we know', refunded, { status: 'refunded' }],
    ['refund', 'a refund without an affiliate’s share', { ...refunded, amount: 450 }, {}],
    ['differs', 'another amount', { amount: 499 }, {}],
    ['differs', 'the amount with a share on top', { commission: 50 }, {}],
    ['differs', 'another payer', { user: { telegramUserId: 43 } }, {}],
    ['differs', 'another payload', { payload: 'q' }, {}],
    ['differs', 'a refund to somebody else', { ...refunded, user: { telegramUserId: 43 } }, {}],
    ['nothing', 'no sale at all', { partner: 'fragment', amount: 1 }, {}],
    ['nothing', 'nobody', { user: null, amount: 1 }, {}],
  ] satisfies [Repair, string, Partial<Listed>, Partial<LedgerCharge>][])(
    'asks for %s when it tells of: %s',
    (repair, _, row, known) => {
      expect(decideRepair(listed(row), booked(known), true)).toBe(repair)
      // The ledger is what counts here: a charge that was honoured once stays ours.
      expect(decideRepair(listed(row), booked(known), false)).toBe(repair)
    },
  )

  it('never repairs what does not agree with the ledger', () => {
    const row = fc.record({
      partner: fc.constant('invoice_payment'),
      direction: fc.constantFrom('in' as const, 'out' as const),
      user: fc.record({ telegramUserId: fc.constantFrom(42, 43) }),
      amount: fc.constantFrom(450, 499, 500),
      commission: fc.constantFrom(0, 50),
      payload: fc.constantFrom('p', 'q', null),
      date: fc.constantFrom(addSeconds(paidAt, -9), paidAt),
    })
    fc.assert(
      fc.property(row, (one) => {
        const repair = decideRepair(one, booked(), true)
        const agrees =
          one.user.telegramUserId === 42 &&
          one.payload !== 'q' &&
          (one.direction === 'out' || one.amount + one.commission === 500)
        expect(repair === 'differs').toBe(!agrees)
      }),
    )
  })
})
