import { db } from '@/lib/platform/db'
import type { AttemptFact, Attempts, UnpaidFact } from './rules'

/** So many of each are told; older ones explain nothing of today. */
const most = 20

/** What a person tried to buy and did not get, newest first. */
export async function loadAttempts(userId: string, telegramUserId: number): Promise<Attempts> {
  const [failed, unpaid] = await Promise.all([loadFailed(telegramUserId), loadUnpaid(userId)])
  return {
    failed: failed.slice(0, most),
    unpaid: unpaid.slice(0, most),
    isCut: failed.length > most || unpaid.length > most,
  }
}

async function loadFailed(telegramUserId: number): Promise<AttemptFact[]> {
  const rows = await db().paymentEvent.findMany({
    where: { telegramUserId, status: 'failed', chargeId: null },
    select: {
      id: true,
      amount: true,
      currency: true,
      reason: true,
      createdAt: true,
      plan: { select: { name: true } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most + 1,
  })
  return rows.map(({ plan, createdAt, reason, ...row }) => ({
    ...row,
    amount: Number(row.amount),
    reason: reason ?? '',
    planName: plan?.name ?? null,
    at: createdAt,
  }))
}

async function loadUnpaid(userId: string): Promise<UnpaidFact[]> {
  const rows = await db().invoice.findMany({
    where: { userId, status: 'open' },
    select: {
      id: true,
      amount: true,
      currency: true,
      method: true,
      createdAt: true,
      expiresAt: true,
      plan: { select: { name: true } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most + 1,
  })
  return rows.map(({ plan, createdAt, ...row }) => ({
    ...row,
    amount: Number(row.amount),
    planName: plan.name,
    at: createdAt,
  }))
}
