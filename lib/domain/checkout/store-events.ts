import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { Prisma } from '@/prisma/generated/client'

const states = ['handled', 'ignored', 'review'] as const
export type EventState = (typeof states)[number]

export type KeptEvent = {
  id: string
  type: string
  state: EventState
  reason: string | null
  body: Prisma.InputJsonValue
  /** Whose money it tells of; null while nobody knows. */
  telegramUserId: number | null
}

/** What became of an event; null for one that never came. */
export async function findEventState(id: string): Promise<string | null> {
  const row = await db().stripeEvent.findUnique({ where: { id }, select: { state: true } })
  return row?.state ?? null
}

/** Keeps an event once. True for the one who kept it. */
export async function insertEvent(tx: Tx, event: KeptEvent, now: Date): Promise<boolean> {
  const { count } = await tx.stripeEvent.createMany({
    data: [{ ...event, receivedAt: now }],
    skipDuplicates: true,
  })
  return count === 1
}

/** The same for the most usual case, which needs no transaction. */
export async function insertAlone(event: KeptEvent, now: Date): Promise<void> {
  await insertEvent(db(), event, now)
}

/** What came of an event that waited in review. */
export async function setOutOfReview(tx: Tx, { id, ...event }: KeptEvent): Promise<void> {
  await tx.stripeEvent.updateMany({ where: { id, state: 'review' }, data: event })
}

/** Deletes one batch of events that came before that. */
export async function deleteEvents(before: Date, most: number): Promise<number> {
  return db().$executeRaw`
    delete from stripe_events where id in (
      select id from stripe_events where state = any(${[...states]}::text[])
        and received_at < ${before} limit ${most}::int)`
}
