import type { PlanDto } from './schema'
import { loadPlan, loadPlans } from './store'

/** The whole catalogue in display order, retired plans too. Public: needs no actor. */
export function listPlans(): Promise<PlanDto[]> {
  return loadPlans()
}

/** One plan, retired or not; null when there is none of that code. Public. */
export function findPlan(code: string): Promise<PlanDto | null> {
  return loadPlan(code)
}
