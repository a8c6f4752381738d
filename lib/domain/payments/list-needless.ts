import type { Tx } from '@/lib/platform/transaction'
import { needlessBeside } from './rules'
import { loadFamilyCharges } from './store-ledger'

/** Payloads of the subscriptions that this charge or grant, once it counts, makes needless. */
export async function listNeedless(
  tx: Tx,
  of: { userId: string; family: string },
  chargeId: string,
): Promise<string[]> {
  const charges = await loadFamilyCharges(tx, of.userId, of.family)
  const added = charges.find((one) => one.chargeId === chargeId)
  if (!added) return []

  return needlessBeside(
    added,
    charges.filter((one) => one !== added),
  )
}
