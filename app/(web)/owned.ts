import { cache } from 'react'
import { tierTitleOf } from '@/components/mini-app/plan-groups'
import { type HeldView, type OwnedView, viewHeld, viewOwned } from '@/components/web/owned'
import { currentPerson } from '@/lib/auth/current-person'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'

/** Who looks and what they hold, read once per page; null for a visitor, for whom nothing is read. */
export const loadHolder = cache(async () => {
  const person = await currentPerson()
  if (!person) return null
  const { entitlements } = await listEntitlements(person, person.telegramUserId)
  return { person, entitlements }
})

/** What the person who looks has of each plan, by its code. */
export async function loadOwned(plans: readonly PlanDto[]): Promise<Map<string, OwnedView>> {
  const holder = await loadHolder()
  if (!holder) return new Map()
  const facts = { plans, now: await now(), renewalWindowDays: env().RENEWAL_WINDOW_DAYS }
  const views = plans.flatMap((plan): [string, OwnedView][] => {
    const view = viewOwned(plan, holder.entitlements, facts)
    return view ? [[plan.code, view]] : []
  })
  return new Map(views)
}

export type Holder = { firstName: string; held: HeldView[]; tierName: string | null }

/** What the person who looks has in all, and the name of its tier; null for a visitor. */
export async function loadHeld(plans: readonly PlanDto[]): Promise<Holder | null> {
  const holder = await loadHolder()
  if (!holder) return null
  const held = viewHeld(holder.entitlements, plans)
  const [first] = plans
    .filter(({ code }) => held.some((each) => each.code === code))
    .toSorted((a, b) => b.tier - a.tier)
  const { firstName } = holder.person
  return { firstName, held, tierName: first ? tierTitleOf(plans, first) : null }
}
