import { loadSettings } from '@/lib/domain/settings/queries'
import type { Actor } from '@/lib/kit/actor'
import { addDays, addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { isToldTo } from './remind'
import { isDue } from './rules'
import { findFailedRenewal as find, loadReminder } from './store'

/**
 * What a queued reminder says now; null when it is out of date: the plan was extended, taken back or
 * replaced meanwhile, its moment is over, or the person cannot be told any more.
 */
export async function findReminderToSend(_actor: Extract<Actor, { kind: 'system' }>, id: string) {
  const [found, settings, at] = await Promise.all([loadReminder(id), loadSettings(), now()])
  if (!found || !isToldTo(found)) return null
  const { held, others, endsAt, kind, daysBefore } = found
  if (held.expiresAt?.getTime() !== endsAt.getTime()) return null
  const { GRACE_HOURS: graceHours, RENEWAL_WINDOW_DAYS: renewalWindowDays } = env()
  const { reminderDays } = settings
  if (!isDue(held, others, { kind, daysBefore }, { now: at, graceHours, reminderDays })) return null
  return {
    telegramUserId: found.telegramUserId,
    kind,
    planCode: held.planCode,
    planName: found.planName,
    endsAt,
    canBuyNow: found.isOnSale && endsAt <= addDays(at, renewalWindowDays),
  }
}

/**
 * What a message about a failed renewal says now; null when the subscription was renewed, cancelled
 * or refunded since. `worksUntil` is the end of its grace, null when that is not known.
 */
export async function findFailedRenewal(
  _actor: Extract<Actor, { kind: 'system' }>,
  of: { telegramUserId: number; planCode: string },
) {
  const [found, at] = await Promise.all([find(of.telegramUserId, of.planCode), now()])
  if (!found?.isFailed) return null
  const worksUntil =
    found.expiresAt && !found.revokedAt && found.renews
      ? addSeconds(found.expiresAt, env().GRACE_HOURS * 3600)
      : null
  return {
    planName: found.planName,
    worksUntil,
    isOver: worksUntil !== null && worksUntil <= at,
  }
}
