import { recordAudit } from '@/lib/domain/audit/record-audit'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { type RefundOutcome, recordRefund } from './record-refund'
import { loadChargeToRefund } from './store-refunds'

/**
 * Notes a refund that was made at the card's provider, where Telegram takes no part; access ends as
 * with any refund. Refuses: not_found, conflict (Stars: ask for a refund instead), invalid_request.
 */
export async function markRefunded(
  actor: Manager,
  paymentId: string,
  reason: string,
): Promise<RefundOutcome> {
  requirePower(actor, 'refund')
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why it was refunded.')
  const charge = await loadChargeToRefund(paymentId)
  if (!charge) throw new Refusal('not_found', 'There is no charge of this id.')
  if (charge.provider !== 'telegram') {
    throw new Refusal('conflict', 'This charge is refunded by asking for it, not by hand.')
  }
  const at = await now()
  const refund = {
    provider: 'telegram' as const,
    chargeId: charge.chargeId,
    providerChargeId: charge.providerPaymentChargeId,
    telegramUserId: charge.telegramUserId,
    currency: charge.currency,
    amount: charge.amount,
    payload: charge.invoicePayload,
    refundedAt: at,
  }
  const entry = { action: 'mark_refunded', subject: 'payment', subjectId: paymentId } as const
  return recordRefund(actor, refund, null, (tx) =>
    recordAudit(tx, actor, { ...entry, reason: reason.trim() }, at),
  )
}
