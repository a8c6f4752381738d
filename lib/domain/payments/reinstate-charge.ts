import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { refold } from './refold'
import { findCharge, lockPerson, setReinstated } from './store-ledger'

/** Gives back what a charge bought whose money came back to us, as after a dispute that was won. */
export async function reinstateCharge(
  _actor: Extract<Actor, { kind: 'stripe' }>,
  of: { provider: 'stripe'; chargeId: string; telegramUserId: number },
): Promise<boolean> {
  const at = await now()
  const isReinstated = await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, of.telegramUserId, at)
    const charge = await findCharge(tx, of.provider, of.chargeId)
    if (charge?.status !== 'refunded') return false
    await setReinstated(tx, charge.id, at)
    if (charge.plan) await refold(tx, { userId, family: charge.plan.family }, at)
    return true
  })
  if (isReinstated) {
    log().info({ event: 'charge_reinstated', outcome: 'completed', ...of, chargeId: undefined })
  }
  return isReinstated
}
