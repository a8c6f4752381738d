import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { StarTransaction } from '@/lib/telegram/star-transactions'
import { Prisma } from '@/prisma/generated/client'
import type { LedgerCharge } from './rules'

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
  const last = await db().starTransaction.findFirst({
    where: { date: { lt: date } },
    select: { position: true },
    orderBy: [{ date: 'desc' }, { position: 'desc' }],
  })
  return last ? last.position + 1 : 0
}

/** Of these charge ids: which are in our ledger, and how. */
export async function loadKnown(ids: string[]): Promise<Map<string, LedgerCharge>> {
  const rows = await db().paymentEvent.findMany({
    where: { provider: 'stars', chargeId: { in: ids } },
    select: {
      id: true,
      chargeId: true,
      status: true,
      amount: true,
      telegramUserId: true,
      invoicePayload: true,
      chargedAt: true,
    },
  })
  return new Map(
    rows.map(({ chargeId, ...row }) => [
      chargeId ?? '',
      { ...row, amount: Number(row.amount), telegramUserId: Number(row.telegramUserId) },
    ]),
  )
}

/** Sales and refunds in the mirror that our ledger knows nothing of. */
export function countForeign(): Promise<number> {
  return countRows(Prisma.sql`select count(*)::int as n from star_transactions t
    where t.partner = 'invoice_payment' and not exists (select from payment_events c
      where c.provider = 'stars' and c.charge_id = t.id)`)
}

async function countRows(query: Prisma.Sql): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>(query)
  return rows[0]?.n ?? 0
}

/** Charges (`in`) or refunds (`out`) of our ledger, older than the moment, that the mirror lacks. */
export async function listUnlisted(
  direction: 'in' | 'out',
  before: Date,
  most: number,
): Promise<{ id: string; amount: number }[]> {
  const isOurs =
    direction === 'in'
      ? Prisma.sql`c.charged_at < ${before}`
      : Prisma.sql`c.status = 'refunded' and c.refunded_at < ${before}`
  const rows = await db().$queryRaw<{ id: string; amount: bigint }[]>`
    select c.id, c.amount from payment_events c
    where c.provider = 'stars' and c.charge_id is not null and ${isOurs}
      and not exists (select from star_transactions t
        where t.id = c.charge_id and t.direction = ${direction})
    order by c.charged_at limit ${most}`
  return rows.map((row) => ({ id: row.id, amount: Number(row.amount) }))
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
