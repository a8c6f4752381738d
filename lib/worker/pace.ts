import { setTimeout as wait } from 'node:timers/promises'
import { single } from '@/lib/platform/global'

/*
 * Telegram takes about 30 messages a second from a bot, and one a second in a chat. Bulk messages
 * are jobs of one queue, which runs one job at a time over all workers: it is enough that each holds
 * the queue for its share of the second. Messages that somebody waits for keep to the chat's pace only.
 */

export type PaceClock = {
  nowMs: () => number
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** What became of a message: `laterSeconds` says when to try again. */
export type Paced<T> = { sent: T } | { laterSeconds: number }

type Answer = { kind: string; seconds?: number }

const chatPauseMs = 1000
/** A little more than a 25th of a second: the network must not push 26 into one. */
const bulkPauseMs = 42
/** Longer turns are waited for in the queue, so that a busy chat keeps no worker from the others. */
const patienceMs = 2000

export type Pace = ReturnType<typeof makePace>

export function makePace(clock: PaceClock) {
  /** When each chat was or will be written to last; in order of last use. */
  const turns = new Map<number, number>()

  /** The milliseconds until the chat's next turn, which is taken unless it is too far away. */
  function takeTurn(chatId: number, mostMs: number): { waitMs: number; isTaken: boolean } {
    const nowMs = clock.nowMs()
    const turn = Math.max(nowMs, (turns.get(chatId) ?? 0) + chatPauseMs)
    const waitMs = turn - nowMs
    if (waitMs > mostMs) return { waitMs, isTaken: false }
    turns.delete(chatId)
    turns.set(chatId, turn)
    for (const [id, at] of turns) {
      if (at + chatPauseMs > nowMs) break
      turns.delete(id)
    }
    return { waitMs, isTaken: true }
  }

  async function sleepUntil(momentMs: number, signal?: AbortSignal): Promise<void> {
    for (let left = momentMs - clock.nowMs(); left > 0; left = momentMs - clock.nowMs()) {
      if (signal?.aborted) return
      await clock.sleep(left, signal)
    }
  }

  return {
    /** Sends a message that somebody waits for. */
    async single<T extends Answer>(chatId: number, send: () => Promise<T>): Promise<Paced<T>> {
      const { waitMs, isTaken } = takeTurn(chatId, patienceMs)
      if (!isTaken) return { laterSeconds: waitMs / 1000 }
      await sleepUntil(clock.nowMs() + waitMs)
      return { sent: await send() }
    },

    /** Sends one of many. The caller is the only job of the bulk queue while this runs. */
    async bulk<T extends Answer>(chatId: number, send: () => Promise<T>): Promise<Paced<T>> {
      const { waitMs, isTaken } = takeTurn(chatId, 0)
      if (!isTaken) return { laterSeconds: waitMs / 1000 }
      const startedMs = clock.nowMs()
      try {
        return { sent: await send() }
      } finally {
        await sleepUntil(startedMs + bulkPauseMs)
      }
    },

    /** Keeps the bulk queue closed for as long as Telegram asked, or until the worker stops. */
    holdQueue(seconds: number, signal?: AbortSignal): Promise<void> {
      return sleepUntil(clock.nowMs() + seconds * 1000, signal)
    },
  }
}

const realClock: PaceClock = {
  nowMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await wait(Math.ceil(ms), undefined, signal ? { signal } : {}).catch(() => {})
  },
}

/** The pace of this process. */
export function pace(): Pace {
  return single('worker.pace', () => makePace(realClock))
}
