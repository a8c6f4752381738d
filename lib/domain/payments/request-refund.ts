import { recordAudit } from '@/lib/domain/audit/record-audit'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { addJobIn, inTransaction } from '@/lib/platform/transaction'
import { findRefundable, insertRequest } from './store-refunds'

export type RefundRequestOutcome = 'requested' | 'already_requested' | 'already_refunded'

/**
 * Asks for a charge to be sent back, once however often it is asked. The worker asks Telegram after
 * the commit; a request that Telegram refused may be made again. Refuses: not_found, conflict (a
 * provider's card: Telegram has no refund for it), invalid_request (no reason).
 */
export async function requestRefund(
  actor: Manager,
  paymentId: string,
  reason: string,
): Promise<RefundRequestOutcome> {
  requirePower(actor, 'refund')
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why it is refunded.')
  const at = await now()
  const outcome = await inTransaction(async (tx): Promise<RefundRequestOutcome> => {
    const charge = await findRefundable(tx, paymentId)
    if (!charge) throw new Refusal('not_found', 'There is no charge of this id.')
    if (charge.status === 'refunded') return 'already_refunded'
    if (charge.provider === 'telegram') {
      throw new Refusal(
        'conflict',
        'Telegram cannot refund a provider’s card. Refund it at the provider, then mark it here.',
      )
    }
    const request = { paymentId, requestedBy: actorName(actor), reason: reason.trim() }
    if (!(await insertRequest(tx, request, at))) return 'already_requested'
    const entry = { action: 'request_refund', subject: 'payment', subjectId: paymentId } as const
    await recordAudit(tx, actor, { ...entry, reason: request.reason }, at)
    await addJobIn(tx, {
      name: 'refund_charge',
      payload: { paymentId },
      key: `refund_charge:${paymentId}`,
    })
    return 'requested'
  })
  log().info({ event: 'refund_requested', paymentId, outcome })
  return outcome
}
