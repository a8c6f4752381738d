import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { StarTransaction } from '@/lib/telegram/star-transactions'

/** Copies a page of Telegram's list. Rows that are there already stay as they are. */
export async function mirror(page: StarTransaction[], offset: number, now: Date): Promise<void> {
  await db().starTransaction.createMany({
    skipDuplicates: true,
    data: page.map((one, index) => ({
      id: one.id,
      direction: one.direction,
      position: offset + index,
      partner: one.partner,
      telegramUserId: one.user?.telegramUserId ?? null,
      amount: one.amount,
      commission: one.commission,
      invoicePayload: one.payload,
      subscriptionPeriod: one.subscriptionPeriod,
      date: one.date,
      createdAt: now,
    })),
  })
}

/** Where the list begins to be younger than the date: the position to read again from. */
export async function positionAt(date: Date): Promise<number> {
  return db().starTransaction.count({ where: { date: { lt: date } } })
}

/** Of these charge ids: which are in our ledger, and how. */
export async function loadKnown(ids: string[]): Promise<Map<string, string>> {
  const rows = await db().paymentEvent.findMany({
    where: { provider: 'stars', chargeId: { in: ids } },
    select: { chargeId: true, status: true },
  })
  return new Map(rows.map((row) => [row.chargeId ?? '', row.status]))
}

/** Whether an older charge of the same person and payload is in the mirror. */
export async function hasEarlier(one: StarTransaction): Promise<boolean> {
  const earlier = await db().starTransaction.findFirst({
    where: {
      direction: 'in',
      invoicePayload: one.payload,
      telegramUserId: one.user?.telegramUserId ?? null,
      date: { lt: one.date },
    },
    select: { id: true },
  })
  return earlier !== null
}

export async function startRun(scope: 'tail' | 'full', now: Date): Promise<string> {
  const id = newId(now)
  await db().reconciliationRun.create({
    data: { id, scope, startedAt: now },
    select: { id: true },
  })
  return id
}

export async function finishRun(
  id: string,
  result: { seen: number; repaired: number; foreign: number; problem: string | null },
  now: Date,
): Promise<void> {
  await db().reconciliationRun.update({
    where: { id },
    data: { ...result, finishedAt: now },
    select: { id: true },
  })
}
