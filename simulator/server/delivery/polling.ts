import type { Clock, Timer } from '@/simulator/server/clock'
import { ApiError } from '@/simulator/server/errors'
import type { Outbox } from './outbox'

type Poll = {
  resolve: (bodies: string[]) => void
  reject: (error: ApiError) => void
  limit: number
  timer: Timer
}

const POLLER_ALIVE = 2000
const CONFLICT_PAUSE = 3000

/** getUpdates: what a bot without a webhook uses. */
export class Polling {
  #clock: Clock
  #outbox: Outbox
  #waiting: Poll | undefined
  #lastSeen = 0
  #nextConflict = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, outbox: Outbox) {
    this.#clock = clock
    this.#outbox = outbox
  }

  /** Real time: whether somebody is there to take what is pending. */
  get hasPoller(): boolean {
    return this.#waiting !== undefined || Date.now() - this.#lastSeen < POLLER_ALIVE
  }

  /** Whether a poll would be answered with something. */
  get isBehind(): boolean {
    return this.hasPoller && this.#take(1).length > 0
  }

  /** The first conflict is answered at once, those that follow it closely only after a pause. */
  conflict(text: string): Promise<never> {
    const error = new ApiError(409, `Conflict: ${text}`)
    const now = this.#clock.now()
    if (now >= this.#nextConflict) {
      this.#nextConflict = now + CONFLICT_PAUSE
      return Promise.reject(error)
    }
    return new Promise((_resolve, reject) => {
      this.#clock.after(CONFLICT_PAUSE, () => reject(error))
    })
  }

  terminate(by: string): void {
    const poll = this.#waiting
    this.#waiting = undefined
    if (poll === undefined) return
    poll.timer.cancel()
    this.conflict(`terminated by ${by}`).catch(poll.reject)
  }

  /** Answers with the updates as they go over the wire. */
  poll(offset: number, limit: number, timeoutSeconds: number): Promise<string[]> {
    this.terminate('other getUpdates request; make sure that only one bot instance is running')
    this.#lastSeen = Date.now()
    this.#confirm(offset)
    const ready = this.#take(limit)
    if (ready.length > 0 || timeoutSeconds === 0) return Promise.resolve(ready)
    this.#outbox.onWake = () => this.#wake()
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(timeoutSeconds * 1000, () => {
        this.#waiting = undefined
        resolve([])
      })
      this.#waiting = { resolve, reject, limit, timer }
    })
  }

  /** The poller hung up: what comes now must wait for the next one. */
  leave(): void {
    this.#waiting?.timer.cancel()
    this.#waiting = undefined
  }

  #confirm(offset: number): void {
    const { updates } = this.#outbox
    // From before a week of silence, after which the numbers began anew.
    if (offset > this.#outbox.nextId) return
    const keep = offset < 0 ? updates.size + offset : updates.size
    const limit = offset < 0 ? ([...updates.keys()][Math.max(keep, 0)] ?? 0) : offset
    for (const update of updates.values()) if (update.id < limit) this.#outbox.remove(update)
  }

  /** What is held keeps back its whole queue. */
  #take(limit: number): string[] {
    const bodies: string[] = []
    const heldQueues = new Set<number>()
    for (const update of this.#outbox.updates.values()) {
      if (bodies.length >= limit) break
      if (update.held) heldQueues.add(update.queue)
      if (this.#outbox.isExpired(update)) this.#outbox.remove(update)
      else if (!heldQueues.has(update.queue)) bodies.push(update.body)
    }
    return bodies
  }

  #wake(): void {
    const poll = this.#waiting
    if (poll === undefined) return
    const bodies = this.#take(poll.limit)
    if (bodies.length === 0) return
    this.#waiting = undefined
    poll.timer.cancel()
    this.#lastSeen = Date.now()
    poll.resolve(bodies)
  }
}
