import { resolveFindingsIn } from '@/lib/domain/findings/resolve-finding'
import { parsePayload } from '@/lib/domain/invoices/payload'
import { keepUpdateIn } from '@/lib/domain/updates/keep-update'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { count } from '@/lib/platform/metrics'
import { addJobIn, inTransaction, type Tx } from '@/lib/platform/transaction'
import type { RawUpdate } from './charge'
import { judgeAgainJob, stopJob } from './jobs'
import { refold } from './refold'
import { findCharge, insertRefunded, lockPerson, setRefunded } from './store-ledger'
import { listAddingNothing, reopenInvoice, setRequestState } from './store-refunds'
import { closeUpdates } from './store-reviews'

/** A refund that happened, by our request or without it. */
export type Refund = {
  provider: 'stars' | 'telegram' | 'stripe'
  chargeId: string
  providerChargeId: string | null
  telegramUserId: number
  currency: string
  amount: number
  payload: string
  refundedAt: Date
}

export type RefundOutcome = 'refunded' | 'duplicate' | 'before_charge'

/**
 * Takes back what exactly this charge gave, once, however often it is told; also when the charge
 * itself was never told. What is done `alongside` commits with it. Throws only when it could not be committed.
 */
export async function recordRefund(
  _actor: Extract<Actor, { kind: 'telegram' | 'stripe' | 'system' | 'admin' }>,
  refund: Refund,
  raw: RawUpdate | null = null,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<RefundOutcome> {
  const at = await now()
  const outcome = await inTransaction(async (tx): Promise<RefundOutcome> => {
    const userId = await lockPerson(tx, refund.telegramUserId, at)
    const charge = await findCharge(tx, refund.provider, refund.chargeId)
    if (charge?.status === 'refunded') return 'duplicate'
    await alongside(tx)
    if (raw) await keepUpdateIn(tx, raw, { state: 'handled', chargeId: refund.chargeId }, at)
    if (!charge) {
      const planCode = parsePayload(refund.payload)?.planCode ?? null
      await insertRefunded(tx, { ...refund, userId, planCode }, at)
      return 'before_charge'
    }
    await setRefunded(tx, charge.id, refund.refundedAt, at)
    await setRequestState(tx, charge.id, 'done', null, at)
    await resolveFindingsIn(tx, ['refund_balance_low', 'refund_refused'], charge.id, at)
    // Telegram goes on charging a subscription of which one period was refunded.
    if (charge.isRecurring) await addJobIn(tx, stopJob(refund.telegramUserId, refund.payload))
    if (charge.status === 'review') await closeReview(tx, charge, at)
    if (charge.plan && charge.userId) {
      const of = { userId: charge.userId, family: charge.plan.family }
      await refold(tx, of, at)
      // What added nothing beside this charge may be all that is left.
      for (const id of await listAddingNothing(tx, of)) {
        await addJobIn(tx, judgeAgainJob(id, charge.id))
      }
    }
    await addJobIn(tx, {
      name: 'tell_refund',
      payload: { paymentId: charge.id },
      key: `tell_refund:${charge.id}`,
    })
    return 'refunded'
  })
  const metric = refund.provider === 'stripe' ? 'stripe_refunds_total' : 'telegram_refunds_total'
  count(metric, { outcome })
  log().info({ event: 'refund', outcome, telegramUserId: refund.telegramUserId })
  return outcome
}

/** Nobody needs to look at money that went back, and its invoice may be paid again. */
async function closeReview(
  tx: Tx,
  charge: { id: string; chargeId: string | null; invoiceId: string | null },
  at: Date,
): Promise<void> {
  await closeUpdates(tx, charge.chargeId, 'system', at)
  if (charge.invoiceId) await reopenInvoice(tx, charge.invoiceId)
}
