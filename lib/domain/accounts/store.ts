import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'

/** Subscriptions of a person that will or may be charged again, and the charge that began them. */
export function loadRenewing(telegramUserId: number) {
  return db().subscription.findMany({
    where: {
      user: { telegramUserId },
      stoppedAt: null,
      NOT: { provider: 'stripe', state: 'canceled' },
    },
    select: { invoicePayload: true },
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
}
