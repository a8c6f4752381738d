import { runsShop } from '@/lib/domain/admins/queries'
import { Refusal } from '@/lib/kit/errors'
import { hasPower, type Manager, requirePower } from '@/lib/kit/powers'
import { changePerson } from './change-person'
import { endSessions as end } from './store'

/**
 * Logs a person out of all their browsers; they may log in again. Of those who run the shop only
 * owners log out others. Refuses: forbidden, not_found, conflict (somebody who runs the shop),
 * invalid_request (no reason).
 */
export async function endSessions(
  actor: Manager,
  telegramUserId: number,
  reason: string,
): Promise<void> {
  requirePower(actor, 'help')
  await requireMayEnd(actor, telegramUserId)
  await changePerson(actor, { telegramUserId, action: 'end_sessions', reason }, async (tx) => {
    await end(tx, telegramUserId)
    return 'changed'
  })
}

async function requireMayEnd(actor: Manager, telegramUserId: number): Promise<void> {
  if (actor.kind === 'system' || hasPower(actor.role, 'edit_roles')) return
  if (actor.telegramUserId === telegramUserId) return
  if (await runsShop(telegramUserId)) {
    throw new Refusal('conflict', 'This person runs the shop. Only an owner can log them out.')
  }
}
