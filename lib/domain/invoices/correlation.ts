import { createHash } from 'node:crypto'
import type { LogContext } from '@/lib/platform/log'
import { parsePayload } from './payload'

/**
 * The name under which the log has everything about one purchase: its invoice's id, so that every
 * process finds it without asking. A payload that is not ours is named by a hash.
 */
export function correlationOf(text: string): string {
  const payload = parsePayload(text)
  return payload?.invoiceId ?? createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** What each line of the log says of a purchase. A charge id never goes in. */
export function purchaseContext(purchase: {
  payload: string
  telegramUserId: number
  chargeId?: string
}): LogContext {
  const { payload, telegramUserId, chargeId = '' } = purchase
  const invoiceId = parsePayload(payload)?.invoiceId
  return {
    correlationId: correlationOf(payload || chargeId),
    telegramUserId,
    ...(invoiceId ? { invoiceId } : {}),
  }
}
