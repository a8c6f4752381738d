import type { ObserverEvent } from '@/simulator/wire'
import type { World } from './world'

/** Tells the observer's panels. Bodies are cut to what a person would read. */

const BODY_LIMIT = 16 * 1024
const QUEUE_PAUSE = 100

const waiting = new WeakSet<World>()

export function observe(world: World, event: ObserverEvent): void {
  for (const observer of world.observers) observer(event)
}

/** Queues change with every update: their observers hear of it ten times a second at most. */
export function observeQueues(world: World): void {
  if (world.observers.size === 0 || waiting.has(world)) return
  waiting.add(world)
  // Real time, not the simulated clock: this only spares the panel.
  setTimeout(() => {
    waiting.delete(world)
    observe(world, { type: 'queues' })
  }, QUEUE_PAUSE).unref()
}

export function shortened(body: string): string {
  return body.length > BODY_LIMIT ? body.slice(0, BODY_LIMIT) : body
}
