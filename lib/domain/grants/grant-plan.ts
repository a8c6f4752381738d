import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { give } from './give'
import type { GrantInput, GrantOutcome } from './schema'

/**
 * Gives a person a plan by hand, for days from now or after what they have, or for life. Safe to
 * call twice with one id. Refuses: forbidden, not_found, unknown_plan, already_entitled (they have
 * it for life), conflict, invalid_request (no reason).
 */
export async function grantPlan(actor: Manager, input: GrantInput): Promise<GrantOutcome> {
  requirePower(actor, 'grant')
  const at = await now()
  const grant = { ...input, action: 'grant_plan', check: () => undefined } as const
  return inTransaction((tx) => give(tx, actor, grant, at))
}
