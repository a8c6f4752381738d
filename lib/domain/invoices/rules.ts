import type { SaleMethod } from '@/lib/domain/plans/schema'
import type { InvoiceStatus } from './schema'

/** An open invoice expires by the clock alone; what was paid stays paid. */
export function statusAt(
  invoice: { status: Exclude<InvoiceStatus, 'expired'>; expiresAt: Date },
  now: Date,
): InvoiceStatus {
  return invoice.status === 'open' && now > invoice.expiresAt ? 'expired' : invoice.status
}

/** What Stripe allows a page of its own: half an hour to a day, with a minute to ask for it. */
const cardPage = { shortestSeconds: 31 * 60, longestSeconds: 24 * 3600 - 60 }

/** How long an invoice can be paid. A card's is exactly as long as its page at Stripe. */
export function lifetimeSeconds(method: SaleMethod, ttlSeconds: number): number {
  if (method !== 'stripe') return ttlSeconds
  return Math.min(Math.max(ttlSeconds, cardPage.shortestSeconds), cardPage.longestSeconds)
}
