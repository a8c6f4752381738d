import { recordAudit } from '@/lib/domain/audit/record-audit'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction, type Tx } from '@/lib/platform/transaction'
import { changesOf, impactOf } from './impact'
import { judgePlan } from './policy'
import { rails } from './queries'
import { type PlanDraft, planDraft } from './schema'
import { insertPlan, lockPlan, updatePlan } from './store-edit'
import { loadPast } from './store-use'
import { nextVersion } from './version'

/**
 * Makes a plan (`version` null) or edits one as it stood at `version`; answers the new version.
 * Refuses: forbidden, invalid_request (what `judgePlan` forbids), not_found, conflict (the code is
 * taken, somebody else saved meanwhile, or an earlier sale forbids the change).
 */
export async function savePlan(
  actor: Manager,
  { draft, version }: { draft: PlanDraft; version: string | null },
): Promise<{ code: string; version: string }> {
  requirePower(actor, 'edit_plans')
  const shape = planDraft.safeParse(draft)
  const faults = shape.success ? judgePlan(shape.data, rails()).faults : ['shape']
  if (!shape.success || faults.length > 0) {
    throw new Refusal('invalid_request', `This plan cannot be saved: ${faults.join(', ')}.`)
  }
  const wanted = shape.data
  const at = await now()
  const updatedAt = await inTransaction((tx) =>
    version === null ? create(tx, actor, wanted, at) : edit(tx, actor, wanted, version, at),
  )
  return { code: wanted.code, version: updatedAt.toISOString() }
}

async function create(tx: Tx, actor: Manager, draft: PlanDraft, at: Date): Promise<Date> {
  if (!(await insertPlan(tx, draft, at))) {
    throw new Refusal('conflict', `There is a plan of the code ${draft.code} already.`)
  }
  const { code, prices, features, durationDays, ...fields } = draft
  const details = {
    ...fields,
    days: durationDays,
    features: features.join(', '),
    prices: prices.map(({ currency, amount }) => `${currency} ${amount}`).join(', '),
  }
  await recordAudit(
    tx,
    actor,
    { action: 'create_plan', subject: 'plan', subjectId: code, details },
    at,
  )
  return at
}

async function edit(
  tx: Tx,
  actor: Manager,
  draft: PlanDraft,
  version: string,
  at: Date,
): Promise<Date> {
  const held = await lockPlan(tx, draft.code)
  if (!held) throw new Refusal('not_found', 'There is no plan of this code; codes never change.')
  if (held.updatedAt.toISOString() !== version) {
    throw new Refusal(
      'conflict',
      'Somebody else changed this plan meanwhile. Nothing of yours was saved: open the page again, look at what it says now, and repeat your change.',
    )
  }
  const details = changesOf(held.plan, draft)
  if (Object.keys(details).length === 0) return held.updatedAt
  const impacts = impactOf(held.plan, draft, await loadPast(tx, draft.code, at))
  requireNoSaleBroken(impacts.map((impact) => impact.code))
  const updatedAt = nextVersion(held.updatedAt, at)
  await updatePlan(tx, draft, updatedAt)
  const entry = { action: 'edit_plan', subject: 'plan', subjectId: draft.code, details } as const
  await recordAudit(tx, actor, entry, at)
  return updatedAt
}

function requireNoSaleBroken(codes: ReturnType<typeof impactOf>[number]['code'][]): void {
  if (codes.includes('ladder_sold')) {
    throw new Refusal(
      'conflict',
      'This plan was sold or given, so its family and tier stay: they decide what people have. Make a new plan, and retire this one.',
    )
  }
  if (codes.includes('ladder_offered')) {
    throw new Refusal(
      'conflict',
      'Somebody can pay for this plan at this moment, so its family and tier stay. Retire it, and try again when its open invoices have run out.',
    )
  }
}
