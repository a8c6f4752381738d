import { recordAudit } from '@/lib/domain/audit/record-audit'
import { type AdminRole, actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { isFixedOwner } from './queries'
import { deleteRole, findRole, upsertRole } from './store'

/**
 * Gives a person a role, or takes it (null); it counts from their next request. Refuses: forbidden,
 * conflict (an owner by the server's settings), not_found (there was no role to take),
 * invalid_request (no reason).
 */
export async function setRole(
  actor: Manager,
  telegramUserId: number,
  role: AdminRole | null,
  reason: string,
): Promise<void> {
  requirePower(actor, 'edit_roles')
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why.')
  if (isFixedOwner(telegramUserId)) {
    throw new Refusal('conflict', 'ADMIN_TELEGRAM_IDS names this person, who stays an owner.')
  }
  const at = await now()
  await inTransaction(async (tx) => {
    const before = await findRole(tx, telegramUserId)
    if (role) await upsertRole(tx, telegramUserId, role, actorName(actor), at)
    else if (!(await deleteRole(tx, telegramUserId))) throw new Refusal('not_found')
    const entry = {
      action: role ? 'give_role' : 'take_role',
      subject: 'role',
      subjectId: String(telegramUserId),
      reason: reason.trim(),
      details: { role, previous_role: before },
    } as const
    await recordAudit(tx, actor, entry, at)
  })
}
