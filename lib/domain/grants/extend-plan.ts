import { isActive, statusAt } from '@/lib/domain/entitlements/standing'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { inTransaction } from '@/lib/platform/transaction'
import { give, type Held } from './give'
import type { ExtendInput, GrantOutcome } from './schema'

/**
 * Adds days to the end of a plan that somebody has. Safe to call twice with one id. Refuses:
 * forbidden, not_found, unknown_plan, already_entitled (it is for life), conflict (they do not have
 * it now), invalid_request (no reason).
 */
export async function extendPlan(actor: Manager, input: ExtendInput): Promise<GrantOutcome> {
  requirePower(actor, 'grant')
  const at = await now()
  const check = (held: Held) => {
    const runs = held.some((one) => {
      const status = statusAt(one, at, env().GRACE_HOURS)
      return one.planCode === input.planCode && (isActive(status) || status === 'scheduled')
    })
    if (!runs) throw new Refusal('conflict', 'They do not have this plan now. Grant it instead.')
  }
  return inTransaction((tx) => give(tx, actor, { ...input, action: 'extend_plan', check }, at))
}
