import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import type { PlanDto } from '@/lib/domain/plans/schema'
import type { PersonActor } from '@/lib/kit/actor'
import { botMessages } from '@/lib/messages/bot'

/** What a buyer has to know while a lower plan of the family runs; null when none does. */
export async function upgradeNote(person: PersonActor, plan: PlanDto): Promise<string | null> {
  const [{ entitlements }, plans] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    listPlans(),
  ])
  const family = entitlements.flatMap((one) => {
    const owned = plans.find(({ code }) => code === one.plan_code)
    return one.active && owned?.family === plan.family ? [{ ...one, owned }] : []
  })
  const lower = family.filter(({ owned }) => owned.tier < plan.tier)
  // A running renewal is what costs money, so it is the one to name.
  const named = lower.find(({ renews }) => renews) ?? lower[0]
  if (!named || lower.length < family.length) return null
  return botMessages.upgrade(plan.name, named.owned.name, named.renews)
}
