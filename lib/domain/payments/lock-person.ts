import type { Tx } from '@/lib/platform/transaction'
import { lockPerson as lock } from './store-ledger'

/**
 * Takes the person's row until the transaction ends, made if there is none; returns its id. A charge
 * that was judged meanwhile starts over.
 */
export function lockPerson(tx: Tx, telegramUserId: number, now: Date): Promise<string> {
  return lock(tx, telegramUserId, now)
}
