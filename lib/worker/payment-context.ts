import { purchaseContext } from '@/lib/domain/invoices/correlation'
import type { LogContext } from '@/lib/platform/log'

/** What the log's lines about a job say of the payment that the job is about. */
export function contextOf(payment: {
  invoicePayload: string
  telegramUserId: number
  chargeId: string | null
}): LogContext {
  return purchaseContext({
    payload: payment.invoicePayload,
    telegramUserId: payment.telegramUserId,
    chargeId: payment.chargeId ?? '',
  })
}
