import { db } from '@/lib/platform/db'
import { type InvoiceStatus, invoiceStatus } from './schema'

export type NewInvoice = {
  id: string
  userId: string
  planCode: string
  method: string
  currency: string
  amount: number
  days: number | null
  payload: string
  createdAt: Date
  expiresAt: Date
}

export async function insertInvoice(invoice: NewInvoice): Promise<void> {
  await db().invoice.create({ data: invoice, select: { id: true } })
}

export async function setLink(id: string, link: string): Promise<void> {
  await db().invoice.update({ where: { id }, data: { link }, select: { id: true } })
}

/** The invoice of this owner, or null; another person's invoice is as good as none. */
export async function loadOwned(
  id: string,
  telegramUserId: number,
): Promise<{
  planCode: string
  status: Exclude<InvoiceStatus, 'expired'>
  expiresAt: Date
} | null> {
  const row = await db().invoice.findFirst({
    where: { id, user: { telegramUserId } },
    select: { planCode: true, status: true, expiresAt: true },
  })
  return row && { ...row, status: invoiceStatus.exclude(['expired']).parse(row.status) }
}
