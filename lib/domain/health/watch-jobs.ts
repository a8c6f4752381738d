import { noteFinding } from '@/lib/domain/findings/note-finding'
import { resolveOthers } from '@/lib/domain/findings/resolve-finding'
import type { Actor } from '@/lib/kit/actor'
import { isStuck, queues } from './rules'
import { loadGivenUp, loadWaits } from './store-queue'

const kind = 'jobs_stuck'

/** Tells the admins once of jobs that nobody does, or that nobody tries any more. */
export async function watchJobs(actor: Extract<Actor, { kind: 'system' }>): Promise<void> {
  const [waits, givenUp] = await Promise.all([loadWaits(), loadGivenUp()])

  const seen: string[] = []
  for (const queue of queues) {
    const waiting = waits[queue]
    if (!waiting || !isStuck(queue, waiting)) continue
    const details = { queue, waiting_since: waiting.since.toISOString() }
    await noteFinding(actor, { kind, subject: queue, details })
    seen.push(queue)
  }
  const count = givenUp.reduce((sum, one) => sum + one.count, 0)
  if (count > 0) {
    const names = givenUp.map((one) => `${one.task.replaceAll('_', ' ')} (${one.count})`)
    const details = { given_up: names.join(', ') }
    await noteFinding(actor, { kind, subject: 'given_up', details, count })
    seen.push('given_up')
  }

  await resolveOthers(actor, kind, seen)
}
