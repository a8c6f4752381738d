import type { Actor, PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { type EntitlementDto, type EntitlementList, entitlementSource } from './schema'
import { isActive, isAlreadyEntitled, statusAt } from './standing'
import { loadEntitlements } from './store'

/**
 * What a person holds and held, active first. A person may ask for themselves, the owner's services
 * for anyone; somebody we never saw has an empty list.
 */
export async function listEntitlements(
  actor: PersonActor | Extract<Actor, { kind: 'service' }>,
  subject: number,
): Promise<EntitlementList> {
  if (actor.kind === 'person' && actor.telegramUserId !== subject) throw new Refusal('not_found')
  const [held, at] = await Promise.all([loadEntitlements(subject), now()])
  const entitlements = held.map((one) => {
    const status = statusAt(one, at, env().GRACE_HOURS)
    return {
      plan_code: one.planCode,
      features: one.features,
      active: isActive(status),
      status,
      starts_at: one.startsAt.toISOString(),
      expires_at: one.expiresAt?.toISOString() ?? null,
      renews: one.renews,
      source: entitlementSource.parse(one.source),
    }
  })
  entitlements.sort((a, b) => Number(b.active) - Number(a.active))
  return { user: { telegram_id: subject }, entitlements }
}

/** The person's own entitlement of one plan. Refuses: not_found. */
export async function requireEntitlement(
  actor: PersonActor,
  planCode: string,
): Promise<EntitlementDto> {
  const { entitlements } = await listEntitlements(actor, actor.telegramUserId)
  const found = entitlements.find((one) => one.plan_code === planCode)
  if (!found) throw new Refusal('not_found', 'You have nothing of this plan.')
  return found
}

/** Whether buying this plan now would give the person nothing (see `isAlreadyEntitled`). */
export async function hasAlready(
  actor: Pick<PersonActor, 'kind' | 'telegramUserId'>,
  plan: { family: string; tier: number },
): Promise<boolean> {
  const [held, at] = await Promise.all([loadEntitlements(actor.telegramUserId), now()])
  return isAlreadyEntitled(held, plan, {
    now: at,
    graceHours: env().GRACE_HOURS,
    renewalWindowDays: env().RENEWAL_WINDOW_DAYS,
  })
}
