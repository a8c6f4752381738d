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

/** getUpdates: what a bot without a webhook uses. */
export class Polling {
  #clock: Clock
  #outbox: Outbox
  #waiting: Poll | undefined
  #lastSeen = 0

  constructor(clock: Clock, outbox: Outbox) {
    this.#clock = clock
    this.#outbox = outbox
    outbox.onAdd = () => this.#wake()
  }

  /** Real time: whether somebody is there to take what is pending. */
  get hasPoller(): boolean {
    return this.#waiting !== undefined || Date.now() - this.#lastSeen < POLLER_ALIVE
  }

  terminate(by: string): void {
    const poll = this.#waiting
    this.#waiting = undefined
    poll?.timer.cancel()
    poll?.reject(new ApiError(409, `Conflict: terminated by ${by}`))
  }

  /** Answers with the updates as they go over the wire. */
  poll(offset: number, limit: number, timeoutSeconds: number): Promise<string[]> {
    this.terminate('other getUpdates request; make sure that only one bot instance is running')
    this.#lastSeen = Date.now()
    this.#confirm(offset)
    const ready = this.#take(limit)
    if (ready.length > 0 || timeoutSeconds === 0) return Promise.resolve(ready)
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
    const keep = offset < 0 ? updates.size + offset : updates.size
    const limit = offset < 0 ? ([...updates.keys()][Math.max(keep, 0)] ?? 0) : offset
    for (const update of updates.values()) if (update.id < limit) this.#outbox.remove(update)
  }

  #take(limit: number): string[] {
    const bodies: string[] = []
    for (const update of this.#outbox.updates.values()) {
      if (bodies.length >= limit) break
      if (this.#outbox.isExpired(update)) this.#outbox.remove(update)
      else bodies.push(update.body)
    }
    return bodies
  }

  #wake(): void {
    const poll = this.#waiting
    if (poll === undefined) return
    this.#waiting = undefined
    poll.timer.cancel()
    this.#lastSeen = Date.now()
    poll.resolve(this.#take(poll.limit))
  }
}
