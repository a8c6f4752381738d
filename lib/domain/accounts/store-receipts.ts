import { db } from '@/lib/platform/db'

/** A charge of this person with what its receipt says; null for anybody else's. */
export function loadReceipt(id: string, telegramUserId: number) {
  return db().paymentEvent.findFirst({
    where: { id, user: { telegramUserId }, chargeId: { not: null } },
    select: {
      id: true,
      provider: true,
      amount: true,
      currency: true,
      status: true,
      chargeId: true,
      chargedAt: true,
      refundedAt: true,
      planKind: true,
      planDays: true,
      plan: { select: { name: true, kind: true, durationDays: true } },
    },
  })
}

export async function hasCustomer(telegramUserId: number): Promise<boolean> {
  const row = { telegramUserId, stripeCustomerId: { not: null } }
  return (await db().user.count({ where: row })) > 0
}
