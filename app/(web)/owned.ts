import { type OwnedView, viewOwned } from '@/components/web/owned'
import { currentPerson } from '@/lib/auth/current-person'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'

/** What the person who looks has of each plan, by its code. */
export async function loadOwned(plans: readonly PlanDto[]): Promise<Map<string, OwnedView>> {
  const person = await currentPerson()
  if (!person) return new Map()
  const { entitlements } = await listEntitlements(person, person.telegramUserId)
  const facts = { plans, now: await now(), renewalWindowDays: env().RENEWAL_WINDOW_DAYS }
  const views = plans.flatMap((plan): [string, OwnedView][] => {
    const view = viewOwned(plan, entitlements, facts)
    return view ? [[plan.code, view]] : []
  })
  return new Map(views)
}
