import { newId } from '@/lib/kit/ids'
import type { Tx } from '@/lib/platform/transaction'

/** False when the very update is kept already. */
export async function insertUpdate(
  tx: Tx,
  update: {
    updateId: number
    kind: string
    state: 'handled' | 'stored' | 'review'
    reason: string | null
    body: unknown
    chargeId: string | null
  },
  now: Date,
): Promise<boolean> {
  const { updateId, kind, state, reason, chargeId } = update
  const body = JSON.stringify(update.body)
  const count = await tx.$executeRaw`
    insert into telegram_updates (id, update_id, kind, state, reason, body, charge_id, received_at)
    select ${newId(now)}::uuid, ${updateId}::bigint, ${kind}, ${state}, ${reason}::text,
      ${body}::jsonb, ${chargeId}::text, ${now}
    where not exists (select from telegram_updates
      where update_id = ${updateId}::bigint and kind = ${kind} and body = ${body}::jsonb)`
  return count === 1
}
