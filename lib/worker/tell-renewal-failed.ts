import { findPlan } from '@/lib/domain/plans/queries'
import { botMessages } from '@/lib/messages/bot'
import type { JobPayload } from '@/lib/platform/jobs'
import { type Rerun, send } from './send'

/** Tells a subscriber that Telegram could not charge the renewal. */
export async function tellRenewalFailed({
  telegramUserId,
  planCode,
}: JobPayload<'tell_renewal_failed'>): Promise<Rerun | undefined> {
  const plan = await findPlan(planCode)
  return send(telegramUserId, botMessages.renewalFailed(plan?.name ?? planCode))
}
