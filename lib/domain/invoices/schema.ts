import { z } from 'zod'
import { paymentMethod, planCode } from '@/lib/domain/plans/schema'

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
