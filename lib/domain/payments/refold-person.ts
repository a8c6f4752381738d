import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { refold } from './refold'
import { listFamilies, lockPerson } from './store-ledger'

/** Folds everything of one person again; changes nothing when nothing was wrong. */
export async function refoldPerson(
  _actor: Extract<Actor, { kind: 'system' }>,
  telegramUserId: number,
): Promise<void> {
  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, telegramUserId, at)
    for (const family of await listFamilies(tx, userId)) await refold(tx, { userId, family }, at)
  })
}
