import { findFailedRenewal } from '@/lib/domain/reminders/queries'
import { reminderMessages } from '@/lib/messages/reminders'
import type { JobPayload } from '@/lib/platform/jobs'
import { type Rerun, send } from './send'

/**
 * Tells a subscriber that the renewal could not be charged and how long the plan goes on. Says
 * nothing when it was renewed or cancelled meanwhile.
 */
export async function tellRenewalFailed({
  telegramUserId,
  planCode,
  provider = 'stars',
}: JobPayload<'tell_renewal_failed'>): Promise<Rerun | undefined> {
  const found = await findFailedRenewal({ kind: 'system' }, { telegramUserId, planCode })
  if (!found) return undefined
  const { planName, worksUntil, isOver } = found
  const text = isOver
    ? reminderMessages.renewalFailedEnded[provider](planName)
    : reminderMessages.renewalFailed[provider](planName, worksUntil)
  return send(telegramUserId, text)
}
