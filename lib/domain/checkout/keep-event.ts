import { noteFindingIn } from '@/lib/domain/findings/note-finding'
import { resolveFindingsIn } from '@/lib/domain/findings/resolve-finding'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import { insertAlone, insertEvent, type KeptEvent, setOutOfReview } from './store-events'

/**
 * Keeps what became of an event, so that it is handled once. One in review is a finding, of which the
 * admins hear once; when a later delivery of it is understood, that is settled. Safe to call twice.
 */
export async function keepEvent(
  _actor: Extract<Actor, { kind: 'stripe' }>,
  event: KeptEvent,
  before: 'new' | 'in_review',
): Promise<void> {
  const at = await now()
  if (event.state === 'review') return before === 'new' ? keepForReview(event, at) : undefined
  if (before === 'new') return insertAlone(event, at)
  await inTransaction(async (tx) => {
    await setOutOfReview(tx, event)
    await resolveFindingsIn(tx, ['stripe_event_unread'], event.id, at)
  })
}

function keepForReview(event: KeptEvent, at: Date): Promise<void> {
  return inTransaction(async (tx) => {
    if (!(await insertEvent(tx, event, at))) return
    const { id, type, reason } = event
    const details = { event: id, type, problem: reason }
    await noteFindingIn(tx, { kind: 'stripe_event_unread', subject: id, details }, at)
  })
}
