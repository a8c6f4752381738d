import type { Clock, Timer } from '@/simulator/server/clock'
import { badRequest } from '@/simulator/server/errors'
import { randomInt64 } from '@/simulator/server/random'

type Open<Answer> = { botId: number; timer: Timer; settle: (answer: Answer | undefined) => void }

const ANSWER_LIMIT = 10_000

/** What a bot is asked during a purchase. It has ten seconds and one answer. */
export class Questions<Answer> {
  #clock: Clock
  #open = new Map<string, Open<Answer>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `settle` gets undefined when the bot says nothing. */
  ask(botId: number, settle: (answer: Answer | undefined) => void): string {
    const id = randomInt64()
    const timer = this.#clock.after(ANSWER_LIMIT, () => {
      this.#open.delete(id)
      settle(undefined)
    })
    this.#open.set(id, { botId, timer, settle })
    return id
  }

  answer(botId: number, id: string, answer: Answer): void {
    const query = this.#open.get(id)
    if (query === undefined || query.botId !== botId) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    this.#open.delete(id)
    query.timer.cancel()
    query.settle(answer)
  }
}
