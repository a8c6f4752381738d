import { useSyncExternalStore } from 'react'
import { api, type Faults } from '@/simulator/client/api'
import { setClockOffset } from '@/simulator/client/bridge-log'
import { follow } from '@/simulator/client/events'
import { attempt } from '@/simulator/client/store'
import type {
  ApiCall,
  ClockView,
  Delivery,
  ObserverEvent,
  QueueView,
  StripeDelivery,
} from '@/simulator/wire'

/** What the server tells the observer, kept while the panel is open. */
export type Feed = {
  connected: boolean
  deliveries: readonly Delivery[]
  calls: readonly ApiCall[]
  cardEvents: readonly StripeDelivery[]
  queues: readonly QueueView[]
  clock: ClockView | null
  /** When `clock` was right, in real milliseconds. */
  clockReadAt: number
  faults: Faults | null
}

const KEPT = 2000

const EMPTY: Feed = {
  connected: false,
  deliveries: [],
  calls: [],
  cardEvents: [],
  queues: [],
  clock: null,
  clockReadAt: 0,
  faults: null,
}

let feed: Feed = EMPTY
const listeners = new Set<() => void>()

function update(patch: Partial<Feed>): void {
  feed = { ...feed, ...patch }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useFeed<T>(select: (feed: Feed) => T): T {
  return useSyncExternalStore(subscribe, () => select(feed))
}

/** Replaces what has the same id, else adds it at the end. */
function upsert<T>(list: readonly T[], item: T, idOf: (item: T) => number): readonly T[] {
  const id = idOf(item)
  const at = list.findLastIndex((other) => idOf(other) === id)
  return at < 0 ? [...list.slice(1 - KEPT), item] : list.with(at, item)
}

export function setClock(clock: ClockView): void {
  setClockOffset(clock.offset_seconds)
  update({ clock, clockReadAt: Date.now() })
}

export function setFaults(faults: Faults): void {
  update({ faults })
}

async function refreshQueues(): Promise<void> {
  update({ queues: await api.queues() })
}

async function refreshAll(): Promise<void> {
  const [deliveries, calls, cardEvents, clock, faults] = await Promise.all([
    api.deliveries(),
    api.calls(),
    api.cardEvents(),
    api.clock(),
    api.faults(),
    refreshQueues(),
  ])
  setClock(clock)
  update({
    connected: true,
    deliveries: deliveries.slice(-KEPT),
    calls: calls.slice(-KEPT),
    cardEvents: cardEvents.slice(-KEPT),
    faults,
  })
}

function onEvent(event: ObserverEvent): void {
  if (event.type === 'delivery') {
    const { delivery } = event
    update({ deliveries: upsert(feed.deliveries, delivery, ({ attempt_id }) => attempt_id) })
  } else if (event.type === 'call') {
    update({ calls: upsert(feed.calls, event.call, ({ call_id }) => call_id) })
  } else if (event.type === 'stripe') {
    const { delivery } = event
    update({ cardEvents: upsert(feed.cardEvents, delivery, ({ attempt_id }) => attempt_id) })
  } else if (event.type === 'queues') {
    void attempt(refreshQueues)
  } else if (event.type === 'clock') {
    setClock(event.clock)
  } else {
    setFaults(event.faults)
  }
}

/** Follows the server until the returned function is called. */
export function observe(): () => void {
  return follow<ObserverEvent>('/client/observer', {
    onEvent,
    onConnected: () => void attempt(refreshAll),
    onLost: () => update({ connected: false }),
  })
}
