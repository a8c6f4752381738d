import { recordAudit } from '@/lib/domain/audit/record-audit'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { findGrant, setRevoked } from './store'

/**
 * Takes back what one grant gave and nothing else. Safe to call twice. Refuses: forbidden,
 * not_found, invalid_request (no reason).
 */
export async function revokeGrant(
  actor: Manager,
  grantId: string,
  reason: string,
): Promise<'revoked' | 'already_revoked'> {
  requirePower(actor, 'grant')
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why.')
  const at = await now()
  return inTransaction(async (tx) => {
    const grant = await findGrant(tx, grantId)
    if (!grant) throw new Refusal('not_found', 'There is no grant of this id.')
    const { telegramUserId, family, planCode } = grant

    const userId = await lockPerson(tx, telegramUserId, at)
    if (!(await setRevoked(tx, grantId, actorName(actor), at))) return 'already_revoked'
    await refold(tx, { userId, family }, at)
    const entry = {
      action: 'revoke_grant',
      subject: 'user',
      subjectId: String(telegramUserId),
      reason: reason.trim(),
      details: { grantId, planCode },
    } as const
    await recordAudit(tx, actor, entry, at)
    return 'revoked'
  })
}
