import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import { type WaitingUpdateDto, waitingUpdateDto } from './schema'

/** Money that did not fit keeps its update in review too, but waits under its own id. */
const waiting = { state: 'review', chargeId: null } as const

export async function loadWaiting(most: number): Promise<WaitingUpdateDto[]> {
  const rows = await db().telegramUpdate.findMany({
    where: waiting,
    select: { id: true, updateId: true, kind: true, reason: true, receivedAt: true },
    orderBy: { receivedAt: 'asc' },
    take: most,
  })
  return rows.map((row) =>
    waitingUpdateDto.parse({
      id: row.id,
      update_id: Number(row.updateId),
      kind: row.kind,
      reason: row.reason ?? '',
      received_at: row.receivedAt.toISOString(),
    }),
  )
}

export async function loadBody(id: string): Promise<unknown> {
  const row = await db().telegramUpdate.findFirst({
    where: { id, ...waiting },
    select: { body: true },
  })
  return row?.body
}

/** True for the one who settles it. */
export async function setSettled(
  tx: Tx,
  id: string,
  as: { state: 'handled' | 'dismissed'; by: string },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.telegramUpdate.updateMany({
    where: { id, ...waiting },
    data: { state: as.state, settledBy: as.by, settledAt: now },
  })
  return count === 1
}
