import { useSyncExternalStore } from 'react'

/** What Mini Apps and their host said to each other, for the observer. */

export type BridgeLine = {
  key: number
  /** Milliseconds of the simulated clock, as far as it is known here. */
  time: number
  direction: 'app' | 'host'
  name: string
  data: unknown
  /** Why nothing came of it. */
  note?: string
}

const KEPT = 500

let lines: readonly BridgeLine[] = []
let lastKey = 0
let clockOffset = 0
const listeners = new Set<() => void>()

export function recordBridge(line: Omit<BridgeLine, 'key' | 'time'>): void {
  lastKey += 1
  lines = [...lines.slice(1 - KEPT), { ...line, key: lastKey, time: Date.now() + clockOffset }]
  for (const listener of listeners) listener()
}

/** How far the simulated clock is ahead. */
export function setClockOffset(seconds: number): void {
  clockOffset = seconds * 1000
}

export function clearBridge(): void {
  lines = []
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useBridgeLog(): readonly BridgeLine[] {
  return useSyncExternalStore(subscribe, () => lines)
}
