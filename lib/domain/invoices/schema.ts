import { z } from 'zod'
import { paymentMethod, planCode, type SaleMethod } from '@/lib/domain/plans/schema'
import type { Money } from '@/lib/kit/money'

/** What a buyer asks for. */
export const createInvoiceInput = z.object({
  plan_code: planCode,
  method: paymentMethod.default('stars'),
})
export type CreateInvoiceInput = z.infer<typeof createInvoiceInput>

/** A new invoice. `amount` is in the currency's smallest unit, `expires_at` ISO 8601. */
export const invoiceDto = z.object({
  invoice_id: z.uuid(),
  invoice_link: z.url(),
  plan_code: planCode,
  currency: z.string(),
  amount: z.int(),
  expires_at: z.iso.datetime(),
})
export type InvoiceDto = z.infer<typeof invoiceDto>

export const invoiceStatus = z.enum(['open', 'paid', 'review', 'expired'])
export type InvoiceStatus = z.infer<typeof invoiceStatus>

export const invoiceStatusDto = z.object({
  invoice_id: z.uuid(),
  status: invoiceStatus,
  plan_code: planCode,
})
export type InvoiceStatusDto = z.infer<typeof invoiceStatusDto>

/** What a page that follows an invoice is told. */
export const invoiceNews = invoiceStatusDto.extend({
  /** Another person tried to pay it and was refused; they know, and the owner should. */
  refused: z.literal('wrong_user').optional(),
})
export type InvoiceNews = z.infer<typeof invoiceNews>

/** One purchase as its own page shows it. `link` opens Telegram or the card page. */
export type PurchaseDto = InvoiceNews & {
  method: SaleMethod
  price: Money
  link: string | null
  expires_at: string
}
