import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { Prisma } from '@/prisma/generated/client'

export async function insertUpdate(
  update: {
    updateId: number
    kind: string
    state: 'stored' | 'review'
    reason: string | null
    body: unknown
    chargeId: string | null
  },
  now: Date,
): Promise<void> {
  const { updateId, kind, state, reason, chargeId } = update
  await db().$executeRaw(Prisma.sql`
    insert into telegram_updates (id, update_id, kind, state, reason, body, charge_id, received_at)
    select ${newId(now)}::uuid, ${updateId}::bigint, ${kind}, ${state}, ${reason}::text,
      ${JSON.stringify(update.body)}::jsonb, ${chargeId}::text, ${now}
    where not exists (select from telegram_updates where update_id = ${updateId}::bigint
      and kind = ${kind} and body = ${JSON.stringify(update.body)}::jsonb)`)
}
