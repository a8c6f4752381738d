import type { InvoiceStatus } from './schema'

/** An open invoice expires by the clock alone; what was paid stays paid. */
export function statusAt(
  invoice: { status: Exclude<InvoiceStatus, 'expired'>; expiresAt: Date },
  now: Date,
): InvoiceStatus {
  return invoice.status === 'open' && now > invoice.expiresAt ? 'expired' : invoice.status
}
