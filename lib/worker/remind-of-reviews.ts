import { listReviews } from '@/lib/domain/payments/queries'
import { loadSettings } from '@/lib/domain/settings/queries'
import { now } from '@/lib/platform/clock'
import { addJob } from '@/lib/platform/jobs'

/** Tells the admins once a day that money waits for them, where the owner asked for it. */
export async function remindOfReviews(): Promise<void> {
  const { reviewPolicy } = await loadSettings()
  if (!reviewPolicy.remindAdmins) return
  if ((await listReviews({ kind: 'system' }, 1)).length === 0) return
  const day = (await now()).toISOString().slice(0, 10)
  await addJob('tell_admins', { kind: 'reviews_waiting', day }, { key: `reviews_waiting:${day}` })
}
