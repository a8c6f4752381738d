import { z } from 'zod'
import { findWaitingBody } from '@/lib/domain/updates/queries'
import { settleUpdate } from '@/lib/domain/updates/settle-update'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { handleUpdate } from './create-bot'

const update = z.looseObject({ update_id: z.int() })

/**
 * Handles an update again that could not be handled when it came. Refuses: not_found, conflict (a
 * question nobody waits for any more). Throws what the handling threw; then it goes on waiting.
 */
export async function replayUpdate(
  actor: Manager,
  id: string,
  reason = 'handled again',
): Promise<void> {
  requirePower(actor, 'settle')
  const body = await findWaitingBody(actor, id)
  if (body === undefined) throw new Refusal('not_found', 'No update waits under this id.')
  const again = update.parse(body)
  if ('pre_checkout_query' in again) {
    throw new Refusal('conflict', 'Nobody waits for this answer any more. Dismiss it.')
  }
  const deferred: Promise<void>[] = []
  // What Telegram sent is an update; features check the parts they use.
  await handleUpdate(again as Parameters<typeof handleUpdate>[0], {
    defer: (work) => {
      deferred.push(work())
    },
    reply: () => {},
  })
  await Promise.all(deferred)
  await settleUpdate(actor, id, { state: 'handled', reason })
}
