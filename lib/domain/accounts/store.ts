import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'

/**
 * Subscriptions of a person that will or may be charged again; also those that never gave anything,
 * because their charges are in review or were refunded first.
 */
export async function loadRenewing(telegramUserId: number): Promise<{ invoicePayload: string }[]> {
  return db().$queryRaw`
    select s.invoice_payload as "invoicePayload" from subscriptions s
      join users u on u.id = s.user_id
    where u.telegram_user_id = ${telegramUserId} and s.stopped_at is null
      and not (s.provider = 'stripe' and s.state = 'canceled')
    union select c.invoice_payload from payment_events c join users u on u.id = c.user_id
    where u.telegram_user_id = ${telegramUserId} and c.is_recurring and c.provider <> 'stripe'
      and not exists (select from subscriptions s
        where s.user_id = c.user_id and s.invoice_payload = c.invoice_payload)`
}

/** What Stripe may still charge although it renews no more, by its id there. */
export async function loadEndedAtStripe(telegramUserId: number): Promise<string[]> {
  const rows = await db().subscription.findMany({
    where: {
      user: { telegramUserId },
      provider: 'stripe',
      state: 'canceled',
      firstChargeId: { not: null },
    },
    select: { firstChargeId: true },
  })
  return rows.flatMap(({ firstChargeId }) => firstChargeId ?? [])
}

/** Pages at Stripe that a person could still pay on. */
export async function loadOpenPages(telegramUserId: number, now: Date) {
  const rows = await db().invoice.findMany({
    where: {
      user: { telegramUserId },
      status: 'open',
      expiresAt: { gt: now },
      checkoutId: { not: null },
    },
    select: { id: true, checkoutId: true },
  })
  return rows.map(({ id, checkoutId }) => ({ invoiceId: id, pageId: checkoutId ?? '' }))
}

export async function setPageClosed(invoiceId: string, now: Date): Promise<void> {
  await db().invoice.updateMany({
    where: { id: invoiceId, status: 'open' },
    data: { expiresAt: now },
  })
}

/** How the newest subscription of each plan of a person stands. */
export function loadRenewalStates(telegramUserId: number) {
  return db().subscription.findMany({
    where: { user: { telegramUserId } },
    select: { planCode: true, state: true },
    orderBy: { createdAt: 'desc' },
    distinct: ['planCode'],
  })
}

/** Forgets who a person is; the row and what hangs on it stay for the ledger. */
export async function setForgotten(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.user.update({
    where: { id: userId },
    data: {
      firstName: '',
      lastName: null,
      username: null,
      languageCode: null,
      supportOpenUntil: null,
      sessionVersion: { increment: 1 },
      deletedAt: now,
    },
    select: { id: true },
  })
  await tx.$executeRaw`update payment_events set order_info = null
    where user_id = ${userId}::uuid and order_info is not null`
  await tx.$executeRaw`update stripe_events set body = '{}', telegram_user_id = null
    where telegram_user_id = (select telegram_user_id from users where id = ${userId}::uuid)`
}
