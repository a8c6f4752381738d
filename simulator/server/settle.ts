import { setImmediate as nextTurn, setTimeout as realPause } from 'node:timers/promises'
import type { World } from './world'

const POLL_STEP = 10

/** Attempts that were waited for in vain once are not waited for again. */
const slow = new WeakSet<Promise<void>>()

function deliveriesUnderWay(world: World): Promise<void>[] {
  const toBots = [...world.bots.values()].flatMap(({ webhook }) => [...(webhook?.inFlight ?? [])])
  return [...toBots, ...world.stripe.webhooks.inFlight].filter((sending) => !slow.has(sending))
}

function pollersAreBehind(world: World): boolean {
  return [...world.bots.values()].some(({ webhook, polling }) => {
    return webhook === undefined && polling.isBehind
  })
}

/**
 * Between two steps of the moving clock the bot gets real time to take its updates. A bot that
 * hangs is waited for only so long, and only once.
 */
export async function settle(world: World): Promise<void> {
  const giveUp = Date.now() + world.patience
  await nextTurn()
  for (;;) {
    const sendings = deliveriesUnderWay(world)
    const behind = pollersAreBehind(world)
    if (sendings.length === 0 && !behind) return
    if (Date.now() >= giveUp) {
      for (const sending of sendings) slow.add(sending)
      return
    }
    const pause = new AbortController()
    const wait = behind ? POLL_STEP : giveUp - Date.now()
    const timer = realPause(wait, undefined, { signal: pause.signal }).catch(() => {})
    await Promise.race([timer, ...sendings])
    pause.abort()
    await nextTurn()
  }
}
