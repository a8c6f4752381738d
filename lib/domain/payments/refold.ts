import { foldCharges } from '@/lib/domain/entitlements/fold'
import type { Tx } from '@/lib/platform/transaction'
import { loadFamilyCharges, writeEntitlements } from './store-ledger'

/** Folds a person's charges in one family again. The caller holds the person's row. */
export async function refold(
  tx: Tx,
  of: { userId: string; family: string },
  now: Date,
): Promise<void> {
  const charges = await loadFamilyCharges(tx, of.userId, of.family)

  const folded = foldCharges(charges)

  await writeEntitlements(tx, of, folded, now)
}
