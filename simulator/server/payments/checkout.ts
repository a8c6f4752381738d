import type { Clock, Timer } from '@/simulator/server/clock'
import { badRequest } from '@/simulator/server/errors'
import { randomInt64 } from '@/simulator/server/random'

export type Verdict =
  | { kind: 'approved' }
  | { kind: 'refused'; message: string }
  | { kind: 'silence' }

type Open = { botId: number; timer: Timer; settle: (verdict: Verdict) => void }

const ANSWER_LIMIT = 10_000

/** The ten seconds in which the bot says whether it will deliver what is being bought. */
export class Checkout {
  #clock: Clock
  #open = new Map<string, Open>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  ask(botId: number, settle: (verdict: Verdict) => void): string {
    const id = randomInt64()
    const timer = this.#clock.after(ANSWER_LIMIT, () => {
      this.#open.delete(id)
      settle({ kind: 'silence' })
    })
    this.#open.set(id, { botId, timer, settle })
    return id
  }

  answer(botId: number, id: string, verdict: Verdict): void {
    const query = this.#open.get(id)
    if (query === undefined || query.botId !== botId) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    this.#open.delete(id)
    query.timer.cancel()
    query.settle(verdict)
  }
}
