import { recordAudit } from '@/lib/domain/audit/record-audit'
import { isActive, statusAt } from '@/lib/domain/entitlements/standing'
import { expireCheckoutsJob, stopJob } from '@/lib/domain/payments/jobs'
import { listNeedless } from '@/lib/domain/payments/list-needless'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { refold } from '@/lib/domain/payments/refold'
import { actorName } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import type { Manager } from '@/lib/kit/powers'
import { env } from '@/lib/platform/env'
import { addJobIn, type Tx } from '@/lib/platform/transaction'
import type { GrantInput, GrantOutcome } from './schema'
import { findGrant, findPlan, insertGrant, isKnown, loadHeld } from './store'

export type Held = Awaited<ReturnType<typeof loadHeld>>

/**
 * Writes a grant once and folds what the person has. `check` refuses by what is held; it is not
 * asked when this very grant is there already.
 */
export async function give(
  tx: Tx,
  actor: Manager,
  input: GrantInput & { action: 'grant_plan' | 'extend_plan'; check: (held: Held) => void },
  at: Date,
): Promise<GrantOutcome> {
  const { id, telegramUserId, planCode, days } = input
  const reason = input.reason.trim()
  if (!reason) throw new Refusal('invalid_request', 'Say why.')
  if (!(await isKnown(tx, telegramUserId))) {
    throw new Refusal('not_found', 'Nobody of this Telegram id was ever here.')
  }
  const plan = await findPlan(tx, planCode)
  if (!plan) throw new Refusal('unknown_plan', 'There is no such plan.')

  // The person first, as everywhere: two who lock in different orders wait for each other.
  const userId = await lockPerson(tx, telegramUserId, at)
  const known = await findGrant(tx, id)
  if (known) {
    const isSame = known.userId === userId && known.planCode === planCode && known.days === days
    if (!isSame) throw new Refusal('conflict', 'Something else was given by this form. Reload it.')
    return 'already_granted'
  }
  const held = await loadHeld(tx, userId, plan.family)
  if (held.some((one) => one.tier >= plan.tier && !one.expiresAt && !one.revokedAt)) {
    throw new Refusal('already_entitled', 'They have this plan or a higher one for life.')
  }
  const renews = held.some(
    (one) => one.tier >= plan.tier && one.renews && isActive(statusAt(one, at, env().GRACE_HOURS)),
  )
  if (days !== null && renews) {
    throw new Refusal('conflict', 'The next renewal would swallow these days. End it first.')
  }
  input.check(held)

  const grant = { id, userId, planCode, days, grantedBy: actorName(actor), reason, grantedAt: at }
  if (!(await insertGrant(tx, grant))) throw new Refusal('conflict', 'Try this once more.')
  await refold(tx, { userId, family: plan.family }, at)
  const entry = {
    action: input.action,
    subject: 'user',
    subjectId: String(telegramUserId),
    reason,
    details: { grantId: id, planCode, days },
  } as const
  await recordAudit(tx, actor, entry, at)
  await addJobIn(tx, expireCheckoutsJob(telegramUserId, id))
  // Nobody shall go on paying for what they were given.
  for (const payload of await listNeedless(tx, { userId, family: plan.family }, id)) {
    await addJobIn(tx, stopJob(telegramUserId, payload))
  }
  return 'granted'
}
