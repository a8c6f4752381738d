import type { Actor, PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { isId } from '@/lib/kit/ids'
import { now } from '@/lib/platform/clock'
import { statusAt } from './rules'
import type { InvoiceNews, InvoiceStatusDto, PurchaseDto } from './schema'
import { loadOwned } from './store'
import { loadPurchases, type PurchaseRow } from './store-purchases'

/** How the person's own invoice stands. Refuses: not_found (also for somebody else's). */
export async function requireInvoice(actor: PersonActor, id: string): Promise<InvoiceStatusDto> {
  const invoice = isId(id) ? await loadOwned(id, actor.telegramUserId) : null
  if (!invoice) throw notYours()
  return { invoice_id: id, plan_code: invoice.planCode, status: statusAt(invoice, await now()) }
}

/** The person's own purchase, for its page. Refuses: not_found (also for somebody else's). */
export async function requirePurchase(actor: PersonActor, id: string): Promise<PurchaseDto> {
  const [row] = isId(id) ? await loadPurchases([id]) : []
  if (row?.owner !== actor.telegramUserId) throw notYours()
  const { method, currency, amount, link, expiresAt } = row
  return {
    ...newsOf(row, await now()),
    method,
    price: { currency, amount },
    link,
    expires_at: expiresAt.toISOString(),
  }
}

/** What is new about the person's own invoice. Refuses: not_found (also for somebody else's). */
export async function requireInvoiceNews(actor: PersonActor, id: string): Promise<InvoiceNews> {
  const [row] = isId(id) ? await loadPurchases([id]) : []
  if (row?.owner !== actor.telegramUserId) throw notYours()
  return newsOf(row, await now())
}

/** The same of many at once, for those who follow them; whose they are was checked before. */
export async function listInvoiceNews(
  _actor: Extract<Actor, { kind: 'system' }>,
  ids: readonly string[],
): Promise<InvoiceNews[]> {
  const [rows, at] = await Promise.all([loadPurchases(ids), now()])
  return rows.map((row) => newsOf(row, at))
}

function newsOf(row: PurchaseRow, at: Date): InvoiceNews {
  return {
    invoice_id: row.id,
    status: statusAt(row, at),
    plan_code: row.planCode,
    ...(row.isRefusedForAnother ? { refused: 'wrong_user' } : {}),
  }
}

const notYours = () => new Refusal('not_found', 'You have no invoice of this id.')
