import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { PurchaseDto } from '@/lib/domain/invoices/schema'
import type { Money } from '@/lib/kit/money'

/** What the page of one purchase shows. */
export type PayView =
  | { kind: 'paid'; entitlement: EntitlementDto | null }
  | { kind: 'review' }
  /** Not paid, and not needed any more. */
  | { kind: 'covered' }
  | { kind: 'expired'; price: Money }
  /** Still open, but Telegram would be told no: the shop wants another price now. */
  | { kind: 'changed'; price: Money }
  | { kind: 'retired' }
  | { kind: 'telegram'; isRefusedForAnother: boolean }
  | { kind: 'card' }

export type PayFacts = {
  /** What this method costs now; null when the plan cannot be bought this way any more. */
  currentPrice: Money | null
  /** Whether buying the plan now would give the person nothing. */
  isCovered: boolean
  /** What the person has of the plan. */
  entitlement: EntitlementDto | null
}

/** What the ledger and the catalogue say, as one state; what a browser claims has no say. */
export function viewPurchase(purchase: PurchaseDto, facts: PayFacts): PayView {
  const { status, method, price, refused } = purchase
  const { currentPrice, isCovered, entitlement } = facts
  if (status === 'paid') return { kind: 'paid', entitlement }
  if (status === 'review') return { kind: 'review' }
  // A card may have been charged already: only the bank or the clock ends this.
  if (status === 'open' && method === 'stripe') return { kind: 'card' }
  if (isCovered) return { kind: 'covered' }
  if (!currentPrice) return { kind: 'retired' }
  if (status === 'expired') return { kind: 'expired', price: currentPrice }
  const isSame = currentPrice.amount === price.amount && currentPrice.currency === price.currency
  if (!isSame) return { kind: 'changed', price: currentPrice }
  return { kind: 'telegram', isRefusedForAnother: refused === 'wrong_user' }
}
