import { db } from '@/lib/platform/db'

/** Invoices for cards that somebody could still pay; without an id their page is not open yet. */
export function loadOpenCardInvoices(telegramUserId: number, now: Date) {
  return db().invoice.findMany({
    where: {
      user: { telegramUserId },
      method: 'stripe',
      status: 'open',
      expiresAt: { gt: now },
    },
    select: { id: true, checkoutId: true, createdAt: true },
  })
}

export async function setInvoiceOver(id: string, now: Date): Promise<void> {
  await db().invoice.updateMany({ where: { id, status: 'open' }, data: { expiresAt: now } })
}

/** How much the ledger knows of a person's card payments: grows when something is caught up. */
export async function countCardFacts(telegramUserId: number): Promise<number> {
  const of = { provider: 'stripe', telegramUserId, chargeId: { not: null } }
  const [charges, refunds] = await Promise.all([
    db().paymentEvent.count({ where: of }),
    db().paymentEvent.count({ where: { ...of, status: 'refunded' } }),
  ])
  return charges + refunds
}

export async function isBanned(telegramUserId: number): Promise<boolean> {
  const row = await db().user.findUnique({
    where: { telegramUserId },
    select: { bannedAt: true },
  })
  return row !== null && row.bannedAt !== null
}
