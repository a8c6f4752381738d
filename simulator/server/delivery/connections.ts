import { Agent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Clock } from '@/simulator/server/clock'

const HEALTHY = { count: 10, window: 500 }
const FAILING = { count: 1, window: 2000 }
const FAILING_AFTER = 10_000

/** The connections to one webhook: kept alive, and new ones opened only so fast. */
export class Connections {
  readonly agent: Agent | HttpsAgent
  #clock: Clock
  #opened: number[] = []
  #failingSince: number | undefined

  constructor(clock: Clock, isSecure: boolean, max: number, onFree: () => void) {
    this.#clock = clock
    const options = { keepAlive: true, maxSockets: max }
    this.agent = isSecure ? new HttpsAgent(options) : new Agent(options)
    // After the agent's own listener, which has put the connection among the free ones.
    this.agent.on('free', onFree)
  }

  answered(isSuccess: boolean): void {
    if (isSuccess) this.#failingSince = undefined
    else this.#failingSince ??= this.#clock.now()
  }

  /** 0: a request may start now. Otherwise the milliseconds until a new connection may be opened. */
  pause(): number {
    const isFree = Object.values(this.agent.freeSockets).some((sockets) => sockets?.length)
    if (isFree) return 0
    const now = this.#clock.now()
    const isFailing = this.#failingSince !== undefined && now - this.#failingSince > FAILING_AFTER
    const { count, window } = isFailing ? FAILING : HEALTHY
    const recent = this.#opened.filter((time) => now - time < window)
    const oldest = recent[recent.length - count]
    if (oldest !== undefined) return oldest + window - now
    this.#opened = [...this.#opened.slice(-HEALTHY.count), now]
    return 0
  }

  close(): void {
    this.agent.destroy()
  }
}
