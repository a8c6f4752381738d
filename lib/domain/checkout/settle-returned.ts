import { noteFinding } from '@/lib/domain/findings/note-finding'
import { purchaseContext } from '@/lib/domain/invoices/correlation'
import { recordRefund } from '@/lib/domain/payments/record-refund'
import { reinstateCharge } from '@/lib/domain/payments/reinstate-charge'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { serially } from '@/lib/platform/exclusive'
import { addLogContext } from '@/lib/platform/log'
import { readReturned } from '@/lib/stripe/charges'
import { findByPayment } from './store'

/**
 * Makes the ledger say what Stripe says now about money that came back: a full refund or a dispute
 * ends what the charge gave, a dispute that was won gives it back, a part of the money is a finding.
 * Says whose charge it is: null when the ledger has none, then its charge asks here again. Throws
 * when Stripe or the database does not answer.
 */
export function settleReturned(
  actor: Extract<Actor, { kind: 'stripe' }>,
  paymentIntentId: string,
): Promise<number | null> {
  return serially(`stripe:${paymentIntentId}`, async () => {
    const charge = await findByPayment(paymentIntentId)
    if (!charge) return null
    const { telegramUserId, chargeId, invoicePayload: payload } = charge
    addLogContext(purchaseContext({ payload, telegramUserId, chargeId }))
    const of = { provider: 'stripe', chargeId, telegramUserId } as const

    const returned = await readReturned(paymentIntentId)

    if (returned === 'all' && charge.status !== 'refunded') {
      const { amount, currency } = charge
      const refundedAt = await now()
      await recordRefund(actor, {
        ...of,
        providerChargeId: paymentIntentId,
        amount,
        currency,
        payload,
        refundedAt,
      })
    }
    if (returned !== 'all' && charge.status === 'refunded') await reinstateCharge(actor, of)
    if (returned === 'partly') {
      await noteFinding(
        { kind: 'system' },
        { kind: 'partial_refund', subject: charge.id, details: { payment: charge.id } },
      )
    }
    return telegramUserId
  })
}
