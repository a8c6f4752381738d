import { noteFindingIn } from '@/lib/domain/findings/note-finding'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { addLogContext } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { refundPayment } from '@/lib/stripe/charges'
import { refundStarPayment } from '@/lib/telegram/refunds'
import { recordRefund } from './record-refund'
import { loadChargeToRefund, setRequestState } from './store-refunds'

/**
 * Carries out a requested refund at Telegram or Stripe, then takes back what the charge gave. Safe at any time
 * and twice: a time-out leaves the outcome open, and the next attempt or Telegram's own word settles
 * it. Throws when the outcome is unknown.
 */
export async function sendRefund(
  actor: Extract<Actor, { kind: 'system' }>,
  paymentId: string,
): Promise<'done' | 'refused' | { laterSeconds: number }> {
  const charge = await loadChargeToRefund(paymentId)
  if (charge) {
    addLogContext(
      purchaseContext({
        payload: charge.invoicePayload,
        telegramUserId: charge.telegramUserId,
        chargeId: charge.chargeId,
      }),
    )
  }
  // Refunded meanwhile without us, or refused and given up: nothing is on its way.
  if (!charge || charge.status === 'refunded' || charge.requestState !== 'requested') return 'done'

  const answer =
    charge.provider === 'stripe'
      ? await refundPayment(charge.providerPaymentChargeId ?? charge.chargeId)
      : await refundStarPayment(charge.telegramUserId, charge.chargeId)

  if (answer.kind === 'later') return { laterSeconds: answer.seconds }
  if (answer.kind === 'refused') {
    await noteRefused(paymentId, answer.problem)
    return 'refused'
  }
  await recordRefund(actor, {
    provider: charge.provider === 'stripe' ? 'stripe' : 'stars',
    chargeId: charge.chargeId,
    providerChargeId: charge.providerPaymentChargeId,
    telegramUserId: charge.telegramUserId,
    currency: charge.currency,
    amount: charge.amount,
    payload: charge.invoicePayload,
    refundedAt: await now(),
  })
  return 'done'
}

async function noteRefused(paymentId: string, problem: string): Promise<void> {
  const at = await now()
  const kind = problem === 'BALANCE_TOO_LOW' ? 'refund_balance_low' : 'refund_refused'
  await inTransaction(async (tx) => {
    await setRequestState(tx, paymentId, 'failed', problem, at)
    await noteFindingIn(
      tx,
      { kind, subject: paymentId, details: { payment: paymentId, problem } },
      at,
    )
  })
}
