import type { PersonActor } from '@/lib/kit/actor'
import { log } from '@/lib/platform/log'
import { createInvoiceLink } from '@/lib/telegram/invoices'
import { countInvoice, openInvoice } from './open-invoice'
import type { CreateInvoiceInput, InvoiceDto } from './schema'
import { setLink } from './store'

/**
 * Makes a new invoice for the person, and its link at Telegram. Every call makes one.
 * Refuses: rate_limited, unknown_plan, already_entitled, telegram_unavailable.
 */
export async function createInvoice(
  actor: PersonActor,
  input: CreateInvoiceInput,
): Promise<InvoiceDto> {
  const invoice = await openInvoice(actor, input)

  const link = await createInvoiceLink(invoice).catch((error: unknown) => {
    countInvoice(invoice.plan.code, 'telegram_unavailable')
    throw error
  })

  await setLink(invoice.id, link)
  countInvoice(invoice.plan.code, 'created')
  log().info({
    event: 'invoice_created',
    outcome: 'created',
    invoiceId: invoice.id,
    telegramUserId: actor.telegramUserId,
    plan: invoice.plan.code,
    method: invoice.method,
  })
  return {
    invoice_id: invoice.id,
    invoice_link: link,
    plan_code: invoice.plan.code,
    currency: invoice.price.currency,
    amount: invoice.price.amount,
    expires_at: invoice.expiresAt.toISOString(),
  }
}
