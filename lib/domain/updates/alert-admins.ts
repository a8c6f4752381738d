import { addSeconds } from '@/lib/kit/period'
import type { Tx } from '@/lib/platform/transaction'
import { addAlert, hasSeveralSince } from './store-alerts'

/** A flood of updates that nobody can handle is one message in so many seconds. */
const burstSeconds = 600

/**
 * Has the admins told that an update waits for them, which was just kept: the first at once, those
 * that follow it soon together.
 */
export async function alertAdmins(tx: Tx, at: Date): Promise<void> {
  const isBurst = await hasSeveralSince(tx, addSeconds(at, -burstSeconds))
  await (isBurst
    ? addAlert(tx, 'updates_in_review:more', burstSeconds)
    : addAlert(tx, 'updates_in_review', 0))
}
