import { type Manager, requirePower } from '@/lib/kit/powers'
import type { WaitingUpdateDto } from './schema'
import { loadBody, loadWaiting } from './store-reviews'

/** Updates that wait for a person, oldest first. */
export function listWaitingUpdates(actor: Manager, most = 100): Promise<WaitingUpdateDto[]> {
  requirePower(actor, 'view')
  return loadWaiting(most)
}

/** A waiting update as Telegram sent it; undefined when none waits under this id. */
export function findWaitingBody(actor: Manager, id: string): Promise<unknown> {
  requirePower(actor, 'view')
  return loadBody(id)
}
