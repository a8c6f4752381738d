import { keepUpdateIn } from '@/lib/domain/updates/keep-update'
import { now } from '@/lib/platform/clock'
import { addJobIn, inTransaction } from '@/lib/platform/transaction'
import type { Charge, RawUpdate } from './charge'
import { stopJob } from './jobs'
import { refold } from './refold'
import type { Sharpening } from './rules'
import { findCharge, lockPerson, setFirstCharge, setSharpened } from './store-ledger'

/**
 * Takes over what a second telling of a charge says more exactly. What the charge gave stays given;
 * only its dates may move. Throws when it could not be committed.
 */
export async function sharpenCharge(
  charge: Charge,
  sharpening: Sharpening,
  raw: RawUpdate | null,
): Promise<void> {
  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, charge.payer.telegramUserId, at)
    const event = await findCharge(tx, charge.provider, charge.chargeId)
    if (!event) return
    await setSharpened(tx, event.id, { ...sharpening, orderInfo: charge.orderInfo ?? null }, at)
    if (raw) await keepUpdateIn(tx, raw, { state: 'handled', chargeId: charge.chargeId }, at)
    if (sharpening.isFirstRecurring) {
      await setFirstCharge(tx, { userId, payload: charge.payload }, charge.chargeId, at)
    }
    if (event.status === 'completed' && event.plan && event.userId) {
      await refold(tx, { userId: event.userId, family: event.plan.family }, at)
    }
    // A refund that came first could not name the subscription it ends.
    if (event.status === 'refunded' && sharpening.isRecurring) {
      await addJobIn(tx, stopJob(charge.payer.telegramUserId, charge.payload))
    }
  })
}
