import { closeCheckoutsOfBanned } from '@/lib/domain/people/close-checkouts'
import type { JobPayload } from '@/lib/platform/jobs'
import type { Rerun } from './send'

/** How soon to look again for a page that was just being opened. */
const openingSeconds = 20

/** Closes every page at Stripe on which somebody who was banned could still pay. */
export async function expireBannedCheckouts({
  telegramUserId,
}: JobPayload<'expire_banned_checkouts'>): Promise<Rerun | undefined> {
  const outcome = await closeCheckoutsOfBanned({ kind: 'system' }, telegramUserId)
  return outcome === 'opening' ? { afterSeconds: openingSeconds } : undefined
}
