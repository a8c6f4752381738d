import { type KeptPurchase, type Purchase, toKeep } from './purchase'

const keyOf = (userId: number) => `starpass.purchase.${userId}`

/** Session storage may be forbidden in a frame; then a reload forgets, and the account still knows. */
export function keepPurchase(userId: number, purchase: Purchase): void {
  try {
    const kept = toKeep(purchase)
    const isEmpty = !kept.open && kept.watching.length === 0
    if (isEmpty) sessionStorage.removeItem(keyOf(userId))
    else sessionStorage.setItem(keyOf(userId), JSON.stringify(kept))
  } catch {
    // See above.
  }
}

export function keptPurchase(userId: number): KeptPurchase | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(userId)) ?? 'null')
    return isOurs(kept) ? kept : null
  } catch {
    return null
  }
}

/** Nobody but us writes this key, so a look at its outline is enough. */
function isOurs(kept: unknown): kept is KeptPurchase {
  return typeof kept === 'object' && kept !== null && 'open' in kept && 'watching' in kept
}
