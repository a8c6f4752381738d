import { db } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'

const states = ['handled', 'stored', 'dismissed', 'review'] as const
export type UpdateState = (typeof states)[number]

/** Deletes one batch of updates of this state that are older than that. */
export async function deleteUpdates(
  state: UpdateState,
  before: Date,
  most: number,
): Promise<number> {
  return db().$executeRaw`
    delete from telegram_updates where id in (
      select id from telegram_updates where state = ${state} and received_at < ${before}
      order by received_at limit ${most}::int)`
}

/** Where the next page begins. */
export type Cursor = { receivedAt: Date; id: string }

/** A page of a state's updates, oldest first, with the bodies of those that hold order info. */
export async function loadPage(
  state: UpdateState,
  from: Cursor,
  before: Date,
  most: number,
): Promise<(Cursor & { body: Prisma.JsonValue | null })[]> {
  return db().$queryRaw`
    select id, received_at as "receivedAt",
      case when jsonb_path_exists(body, '$.**.order_info') then body end as body
    from telegram_updates
    where state = ${state} and received_at >= ${from.receivedAt} and received_at < ${before}
      and (received_at, id) > (${from.receivedAt}, ${from.id}::uuid)
    order by received_at, id limit ${most}::int`
}

export async function setBody(id: string, body: Prisma.InputJsonValue): Promise<void> {
  await db().telegramUpdate.updateMany({ where: { id }, data: { body } })
}
