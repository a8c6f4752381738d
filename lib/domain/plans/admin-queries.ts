import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { inTransaction } from '@/lib/platform/transaction'
import type { Past } from './impact'
import { type AdminPlanDto, countMax, type PlanUse, planCode } from './schema'
import { loadVersioned } from './store'
import { loadPast, loadUse } from './store-use'

const unused: PlanUse = {
  entitlements: 0,
  subscriptions: 0,
  openInvoices: 0,
  openCardInvoices: 0,
  openPages: 0,
  heldIsCut: false,
  offeredIsCut: false,
}

/** The whole catalogue in display order, with how far each plan is in use. */
export async function listPlansInUse(actor: Manager): Promise<AdminPlanDto[]> {
  requirePower(actor, 'view')
  return load(null)
}

/** One plan, how far it is in use and what its past forbids; null when there is none. */
export async function findPlanInUse(
  actor: Manager,
  code: string,
): Promise<{ plan: AdminPlanDto; past: Past } | null> {
  requirePower(actor, 'view')
  const [plan] = planCode.safeParse(code).success ? await load(code) : []
  if (!plan) return null
  const at = await now()
  return { plan, past: await inTransaction((tx) => loadPast(tx, code, at)) }
}

async function load(code: string | null): Promise<AdminPlanDto[]> {
  const [plans, uses] = await Promise.all([
    loadVersioned(code),
    loadUse(await now(), env().GRACE_HOURS, code, code === null ? countMax.inList : countMax.alone),
  ])
  return plans.map((plan) => ({ ...plan, use: uses.get(plan.code) ?? unused }))
}
