import { type Manager, requirePower } from '@/lib/kit/powers'
import { changePerson } from './change-person'
import { endSessions as end } from './store'

/**
 * Logs a person out of all their browsers; they may log in again. Refuses: forbidden, not_found,
 * invalid_request (no reason).
 */
export async function endSessions(
  actor: Manager,
  telegramUserId: number,
  reason: string,
): Promise<void> {
  requirePower(actor, 'help')
  await changePerson(actor, { telegramUserId, action: 'end_sessions', reason }, async (tx) => {
    await end(tx, telegramUserId)
    return 'changed'
  })
}
