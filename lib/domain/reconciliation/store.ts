import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { isReadable, type ListedRow, type StarTransaction } from '@/lib/telegram/star-transactions'
import { Prisma } from '@/prisma/generated/client'
import type { LedgerCharge } from './rules'

/** Copies a page of Telegram's list. Rows that are there already stay as they are. */
export async function mirror(page: ListedRow[], offset: number, now: Date): Promise<void> {
  await db().starTransaction.createMany({
    skipDuplicates: true,
    data: page.flatMap((one, index) =>
      isReadable(one)
        ? {
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
          }
        : [],
    ),
  })
}

/**
 * The position to read again from: where the list begins to be younger than the date, or where
 * comparing got to when that is earlier, as after a run that died.
 */
export async function positionFrom(date: Date): Promise<number> {
  const [last, { _max: compared }] = await Promise.all([
    db().starTransaction.findFirst({
      where: { date: { lt: date } },
      select: { position: true },
      orderBy: [{ date: 'desc' }, { position: 'desc' }],
    }),
    db().reconciliationRun.aggregate({ _max: { position: true } }),
  ])
  return Math.min(last ? last.position + 1 : 0, compared.position ?? 0)
}

export async function setPosition(runId: string, position: number): Promise<void> {
  await db().reconciliationRun.update({
    where: { id: runId },
    data: { position },
    select: { id: true },
  })
}

/** Whether so many runs in a row, the newest included, did not get to their end. */
export async function haveFailed(runs: number): Promise<boolean> {
  const newest = await db().reconciliationRun.findMany({
    where: { finishedAt: { not: null } },
    select: { problem: true },
    orderBy: { startedAt: 'desc' },
    take: runs,
  })
  return newest.length === runs && newest.every((one) => one.problem !== null)
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
