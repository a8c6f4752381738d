import { env } from '@/lib/platform/env'
import { takesCards } from '@/lib/stripe/client'
import { type Rails, waysToBuy } from './price'
import type { OfferDto, PlanDto } from './schema'
import { loadPlan, loadPlans } from './store'

/** The whole catalogue in display order, retired plans too. Public: needs no actor. */
export function listPlans(): Promise<PlanDto[]> {
  return loadPlans()
}

/** The same, each plan with the ways to buy it now. Public. */
export async function listOffers(): Promise<OfferDto[]> {
  const plans = await loadPlans()
  return plans.map((plan) => ({ ...plan, ways: waysToBuy(plan, rails()) }))
}

/** One plan, retired or not; null when there is none of that code. Public. */
export function findPlan(code: string): Promise<PlanDto | null> {
  return loadPlan(code)
}

/** The same with the ways to buy it now. Public. */
export async function findOffer(code: string): Promise<OfferDto | null> {
  const plan = await loadPlan(code)
  return plan && { ...plan, ways: waysToBuy(plan, rails()) }
}

/** What this shop can charge with, by its settings. */
export function rails(): Rails {
  return {
    hasProviderToken: env().TELEGRAM_PROVIDER_TOKEN !== undefined,
    takesCards: takesCards(),
  }
}
