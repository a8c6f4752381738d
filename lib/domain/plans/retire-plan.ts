import { recordAudit } from '@/lib/domain/audit/record-audit'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { judgePlan } from './policy'
import { rails } from './queries'
import { lockPlan, setOnSale } from './store-edit'
import { nextVersion } from './version'

/** Takes a plan off sale; what runs goes on. Refuses: forbidden, invalid_request, not_found, conflict. */
export function retirePlan(actor: Manager, code: string, reason: string): Promise<void> {
  return decideSale(actor, code, false, reason)
}

/** Puts it back. Refuses what `retirePlan` does, and a plan that breaks a rule by now. */
export function putBackOnSale(actor: Manager, code: string, reason: string): Promise<void> {
  return decideSale(actor, code, true, reason)
}

async function decideSale(
  actor: Manager,
  code: string,
  onSale: boolean,
  reason: string,
): Promise<void> {
  requirePower(actor, 'edit_plans')
  if (!reason.trim()) throw new Refusal('invalid_request', 'Say why.')
  const at = await now()
  await inTransaction(async (tx) => {
    const held = await lockPlan(tx, code)
    if (!held) throw new Refusal('not_found', 'There is no plan of this code.')
    if (held.plan.onSale === onSale) {
      throw new Refusal('conflict', `This plan is ${onSale ? 'on sale' : 'retired'} already.`)
    }
    const faults = onSale ? judgePlan(held.plan, rails()).faults : []
    if (faults.length > 0) {
      throw new Refusal('invalid_request', `Correct the plan first: ${faults.join(', ')}.`)
    }
    await setOnSale(tx, code, onSale, nextVersion(held.updatedAt, at))
    const entry = {
      action: onSale ? 'put_plan_on_sale' : 'retire_plan',
      subject: 'plan',
      subjectId: code,
      reason: reason.trim(),
    } as const
    await recordAudit(tx, actor, entry, at)
  })
}
