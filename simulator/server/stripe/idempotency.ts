import { createHash } from 'node:crypto'
import type { Clock } from '@/simulator/server/clock'
import { StripeError } from './errors'

export type Reply = { status: number; body: object }
type Kept = { fingerprint: string; at: number; reply: Reply | undefined }

const LIFE = 86_400_000

/** The answers to calls that carried a key, for a day. */
export class Idempotency {
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The answer of the first call, or undefined when this is the first. */
  begin(key: string, call: string): Reply | undefined {
    const fingerprint = createHash('sha256').update(call).digest('hex')
    const kept = this.#kept.get(key)
    if (kept === undefined || this.#clock.now() - kept.at > LIFE) {
      this.#kept.set(key, { fingerprint, at: this.#clock.now(), reply: undefined })
      return undefined
    }
    if (kept.fingerprint !== fingerprint) {
      throw new StripeError(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      })
    }
    if (kept.reply === undefined) {
      throw new StripeError(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this idempotent key: ${key}.`,
      })
    }
    return kept.reply
  }

  /** What never began is not kept: the same key may try again. */
  end(key: string, reply: Reply | undefined): void {
    const kept = this.#kept.get(key)
    if (reply === undefined) this.#kept.delete(key)
    else if (kept !== undefined) kept.reply = reply
  }
}
