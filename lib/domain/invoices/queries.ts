import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { isId } from '@/lib/kit/ids'
import { now } from '@/lib/platform/clock'
import { statusAt } from './rules'
import type { InvoiceStatusDto } from './schema'
import { loadOwned } from './store'

/** How the person's own invoice stands. Refuses: not_found (also for somebody else's). */
export async function requireInvoice(actor: PersonActor, id: string): Promise<InvoiceStatusDto> {
  const invoice = isId(id) ? await loadOwned(id, actor.telegramUserId) : null
  if (!invoice) throw new Refusal('not_found', 'You have no invoice of this id.')
  return { invoice_id: id, plan_code: invoice.planCode, status: statusAt(invoice, await now()) }
}
