import { recordAudit } from '@/lib/domain/audit/record-audit'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { Refusal } from '@/lib/kit/errors'
import type { Manager } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction, type Tx } from '@/lib/platform/transaction'
import { findState } from './store'

type State = NonNullable<Awaited<ReturnType<typeof findState>>>

/**
 * Changes one person under their lock, and writes down who did it and why unless `work` says that
 * nothing changed. Refuses: not_found, invalid_request (no reason).
 */
export async function changePerson(
  actor: Manager,
  what: {
    telegramUserId: number
    action: string
    reason: string
    details?: Record<string, string>
  },
  work: (tx: Tx, state: State, at: Date) => Promise<'changed' | 'as_before'>,
): Promise<'changed' | 'as_before'> {
  const { telegramUserId, action, details = {} } = what
  const reason = what.reason.trim()
  if (!reason) throw new Refusal('invalid_request', 'Say why.')
  const at = await now()
  return inTransaction(async (tx) => {
    if (!(await findState(tx, telegramUserId))) throw notHere()
    await lockPerson(tx, telegramUserId, at)
    const state = await findState(tx, telegramUserId)
    if (!state) throw notHere()
    const outcome = await work(tx, state, at)
    if (outcome === 'as_before') return outcome
    const subjectId = String(telegramUserId)
    await recordAudit(tx, actor, { action, subject: 'user', subjectId, reason, details }, at)
    return outcome
  })
}

const notHere = () => new Refusal('not_found', 'Nobody of this Telegram id was ever here.')
