import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PurchaseDto } from '@/lib/domain/invoices/schema'
import { type PayFacts, viewPurchase } from './view'

const price = { currency: 'XTR', amount: 500 }

const purchase = (overrides: Partial<PurchaseDto> = {}): PurchaseDto => ({
  invoice_id: '01980000-0000-7000-8000-000000000000',
  status: 'open',
  plan_code: 'gold_1m',
  method: 'stars',
  price,
  link: 'https://t.me/$abc',
  expires_at: '2027-01-01T00:00:00.000Z',
  ...overrides,
})

const facts = (overrides: Partial<PayFacts> = {}): PayFacts => ({
  currentPrice: price,
  isCovered: false,
  entitlement: null,
  ...overrides,
})

const gold = { plan_code: 'gold_1m', active: true } as EntitlementDto

describe('what the page of a purchase shows', () => {
  it('shows the way to Telegram while the invoice can be paid', () => {
    expect(viewPurchase(purchase(), facts())).toEqual({
      kind: 'telegram',
      isRefusedForAnother: false,
    })
  })

  it('says that somebody else tried, and still shows the way', () => {
    const refused = purchase({ refused: 'wrong_user' })
    expect(viewPurchase(refused, facts())).toEqual({ kind: 'telegram', isRefusedForAnother: true })
  })

  it('waits for the bank until bank or clock decide, whatever else is known', () => {
    const card = purchase({ method: 'stripe' })
    for (const other of [{ isCovered: true }, { currentPrice: null }]) {
      expect(viewPurchase(card, facts(other)).kind).toBe('card')
    }
  })

  it.each([
    ['the price is another one', { currentPrice: { ...price, amount: 501 } }, 'changed'],
    ['the plan is retired', { currentPrice: null }, 'retired'],
    ['the person has it by other means', { isCovered: true }, 'covered'],
  ] as const)('does not lead to a payment that would be refused: %s', (_, known, kind) => {
    expect(viewPurchase(purchase(), facts(known)).kind).toBe(kind)
  })

  it('offers an expired one anew at the price of today', () => {
    const today = { ...price, amount: 700 }
    const view = viewPurchase(purchase({ status: 'expired' }), facts({ currentPrice: today }))
    expect(view).toEqual({ kind: 'expired', price: today })
  })

  it('does not offer anew what the person has: an open card page was closed by other money', () => {
    const closed = purchase({ method: 'stripe', status: 'expired' })
    expect(viewPurchase(closed, facts({ isCovered: true })).kind).toBe('covered')
  })

  it('shows success exactly when the ledger says paid', () => {
    const anyPurchase = fc.record({
      status: fc.constantFrom('open', 'paid', 'review', 'expired'),
      method: fc.constantFrom('stars', 'telegram', 'stripe'),
      refused: fc.constantFrom<'wrong_user' | undefined>(undefined, 'wrong_user'),
    })
    const anyFacts = fc.record({
      currentPrice: fc.constantFrom(null, price, { ...price, amount: 1 }),
      isCovered: fc.boolean(),
      entitlement: fc.constantFrom(null, gold),
    })
    fc.assert(
      fc.property(anyPurchase, anyFacts, ({ refused, ...given }, known) => {
        const one = purchase({ ...given, ...(refused ? { refused } : {}) } as Partial<PurchaseDto>)
        const { kind } = viewPurchase(one, known)
        expect(kind === 'paid').toBe(given.status === 'paid')
        expect(kind === 'review').toBe(given.status === 'review')
        // Nobody is led to pay again for what is paid or being checked.
        if (['telegram', 'expired', 'changed'].includes(kind)) {
          expect(['open', 'expired']).toContain(given.status)
          expect(known.isCovered).toBe(false)
        }
      }),
    )
  })
})
