import type { Actor } from '@/lib/kit/actor'
import type { WaitingUpdateDto } from './schema'
import { loadBody, loadWaiting } from './store-reviews'

type System = Extract<Actor, { kind: 'system' }>

/** Updates that wait for a person, oldest first. */
export function listWaitingUpdates(_actor: System, most = 100): Promise<WaitingUpdateDto[]> {
  return loadWaiting(most)
}

/** A waiting update as Telegram sent it; undefined when none waits under this id. */
export function findWaitingBody(_actor: System, id: string): Promise<unknown> {
  return loadBody(id)
}
