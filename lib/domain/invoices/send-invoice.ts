import type { PersonActor } from '@/lib/kit/actor'
import { log } from '@/lib/platform/log'
import { sendInvoiceMessage } from '@/lib/telegram/invoices'
import { countInvoice, openInvoice } from './open-invoice'
import type { CreateInvoiceInput } from './schema'

/**
 * Makes a new invoice and posts it, with its Pay button, into the person's chat with the bot.
 * Refuses: rate_limited, unknown_plan, already_entitled, telegram_unavailable.
 */
export async function sendInvoice(
  actor: PersonActor,
  input: CreateInvoiceInput,
): Promise<{ invoiceId: string }> {
  const invoice = await openInvoice(actor, input)

  await sendInvoiceMessage(actor.telegramUserId, invoice).catch((error: unknown) => {
    countInvoice(invoice.plan.code, 'telegram_unavailable')
    throw error
  })

  countInvoice(invoice.plan.code, 'created')
  log().info({
    event: 'invoice_sent',
    outcome: 'created',
    invoiceId: invoice.id,
    telegramUserId: actor.telegramUserId,
    plan: invoice.plan.code,
    method: invoice.method,
  })
  return { invoiceId: invoice.id }
}
