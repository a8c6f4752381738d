import { setTimeout as sleep } from 'node:timers/promises'
import { type Told, violations } from '@/lib/testing/invariants'
import type { Books } from './books'
import type { Shop } from './shop'

/** Waits until something holds that must hold in the end. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean>,
  patienceSeconds = 90,
): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000
  let complaint = ''
  while (Date.now() < deadline) {
    try {
      if (await holds()) return
    } catch (error) {
      complaint = `: ${error instanceof Error ? error.message : String(error)}`
    }
    await sleep(100)
  }
  throw new Error(`not within ${patienceSeconds} s: ${what}${complaint}`)
}

/** The invariants of docs/reliability.md, with Telegram's list as what was told. */
export async function auditInvariants(shop: Shop, books: Books): Promise<string[]> {
  const told: Told = { charges: new Map(), refunds: new Set() }
  for (const { chargeId, buyer, direction, amount } of await shop.movements()) {
    if (buyer === 0) continue
    if (direction === 'in') told.charges.set(chargeId, { telegramUserId: buyer, amount })
    else told.refunds.add(chargeId)
  }
  return violations(books.pool, told, { workerRuns: true })
}
