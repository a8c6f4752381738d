import { type OwnedView, viewOwned } from '@/components/web/owned'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { currentViewer } from './viewer'

/** What the person who looks has of each plan, by its code. */
export async function loadOwned(plans: readonly PlanDto[]): Promise<Map<string, OwnedView>> {
  const viewer = await currentViewer()
  if (!viewer || viewer.entitlements.length === 0) return new Map()
  const facts = { plans, now: await now(), renewalWindowDays: env().RENEWAL_WINDOW_DAYS }
  const views = plans.flatMap((plan): [string, OwnedView][] => {
    const view = viewOwned(plan, viewer.entitlements, facts)
    return view ? [[plan.code, view]] : []
  })
  return new Map(views)
}
