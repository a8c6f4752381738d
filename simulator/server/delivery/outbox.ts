import { randomInt } from 'node:crypto'
import type { Clock } from '@/simulator/server/clock'
import { asciiJson } from '@/simulator/server/json'
import { KNOWN_TYPES, ONLY_ON_REQUEST, UPDATE_TYPES } from './update-types'

export type PendingUpdate = {
  id: number
  type: string
  /** The update as it goes over the wire. */
  body: string
  queue: number
  /** Simulated milliseconds; past it the update is dropped undelivered. */
  expires: number
  attempts: number
  failures: number
  copies: number
  answersLost: number
  hangs: number
  /** Waits, and its queue with it, until somebody releases it. */
  held: boolean
  /** Taken up by the webhook: only so many are at a time. */
  loaded: boolean
  inFlight: boolean
  /** Has waited for the faults that slow down. */
  delayed: boolean
  /** Simulated milliseconds; set while it waits for its next attempt. */
  nextAttempt: number | undefined
}

type Identity = Pick<PendingUpdate, 'id' | 'type' | 'body' | 'queue' | 'attempts' | 'expires'>

const FIRST_ID = 2_000_001
const ID_LIMIT = 1_000_000_000
const DAY = 86_400_000
const SILENCE = 7 * DAY
const MAX_UPDATES = 100_000
const MAX_BYTES = 128 * 1024 * 1024

/** The updates a bot has not taken yet, in queues that keep their own order. */
export class Outbox {
  readonly updates = new Map<number, PendingUpdate>()
  readonly queues = new Map<number, PendingUpdate[]>()
  onAdd: (update: PendingUpdate) => void = () => {}
  onRemove: (update: PendingUpdate) => void = () => {}
  /** Whoever takes updates by itself is told that something may have changed. */
  onWake: (update: PendingUpdate) => void = () => {}
  onChange: () => void = () => {}
  /** What happens to an update of this type at its birth; set by the faults. */
  fate: (type: string) => 'keep' | 'hold' | 'drop' = () => 'keep'
  /** undefined: the default set. */
  allowed: string[] | undefined
  #clock: Clock
  #firstId = randomInt(FIRST_ID, ID_LIMIT)
  #nextId = this.#firstId
  #lastAdd = Number.POSITIVE_INFINITY
  #bytes = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The id the next update will have. */
  get nextId(): number {
    return this.#nextId
  }

  allows(type: string): boolean {
    if (!KNOWN_TYPES.has(type)) return true
    return this.allowed === undefined ? !ONLY_ON_REQUEST.has(type) : this.allowed.includes(type)
  }

  /** Unknown names are ignored and a list without a known name means the default set. */
  setAllowed(names: string[]): void {
    const known = UPDATE_TYPES.filter((type) => names.some((name) => name.toLowerCase() === type))
    const isDefault =
      known.length === 0 ||
      UPDATE_TYPES.every((type) => known.includes(type) !== ONLY_ON_REQUEST.has(type))
    this.allowed = isDefault ? undefined : known
  }

  /** The filter works here, at creation: what it excludes is lost for good. */
  add(type: string, payload: unknown, queue: number, expiresUnix: number): number | undefined {
    if (!this.allows(type) || expiresUnix <= this.#clock.unix()) return undefined
    const fate = this.fate(type)
    if (fate === 'drop' || this.updates.size >= MAX_UPDATES) return undefined
    const json = asciiJson(payload)
    if (this.#bytes + json.length > MAX_BYTES) return undefined
    const id = this.#takeId()
    this.#put(
      {
        id,
        type,
        body: `{"update_id":${id},\n"${type}":${json}}`,
        // Queue 0 means "a queue of its own".
        queue: queue === 0 ? -id : queue,
        expires: expiresUnix * 1000,
        attempts: 0,
      },
      fate === 'hold',
    )
    return id
  }

  /** Puts an update that was delivered once more at the end of its queue. */
  repeat(update: Omit<Identity, 'expires'>): void {
    this.#put({ ...update, expires: this.#clock.now() + DAY }, false)
  }

  /** After a week of silence Telegram starts again at another random number. */
  #takeId(): number {
    const now = this.#clock.now()
    if (now - this.#lastAdd > SILENCE) {
      let start = this.#firstId
      while (start >= this.#firstId - MAX_UPDATES && start <= this.#nextId + MAX_UPDATES) {
        start = randomInt(FIRST_ID, ID_LIMIT)
      }
      this.#firstId = Math.min(start, this.#firstId)
      this.#nextId = start
    }
    this.#lastAdd = now
    return this.#nextId++
  }

  #put(identity: Identity, held: boolean): void {
    const counters = { failures: 0, copies: 0, answersLost: 0, hangs: 0 }
    const idle = { loaded: false, inFlight: false, delayed: false, nextAttempt: undefined }
    const update: PendingUpdate = { ...identity, ...counters, ...idle, held }
    this.updates.set(update.id, update)
    this.#bytes += update.body.length
    const existing = this.queues.get(update.queue)
    if (existing === undefined) this.queues.set(update.queue, [update])
    else existing.push(update)
    this.onAdd(update)
    this.onWake(update)
    this.onChange()
  }

  remove(update: PendingUpdate): void {
    if (this.updates.get(update.id) !== update) return
    this.updates.delete(update.id)
    this.#bytes -= update.body.length
    const queue = this.queues.get(update.queue)
    const index = queue?.indexOf(update) ?? -1
    if (queue !== undefined && index >= 0) queue.splice(index, 1)
    if (queue?.length === 0) this.queues.delete(update.queue)
    this.onRemove(update)
    this.onChange()
  }

  isExpired(update: PendingUpdate): boolean {
    return this.#clock.now() >= update.expires
  }

  /** What an update waits behind: the one at the head of its queue. */
  headOf(update: PendingUpdate): PendingUpdate | undefined {
    return this.queues.get(update.queue)?.[0]
  }

  hold(update: PendingUpdate, held: boolean): void {
    update.held = held
    this.onWake(update)
    this.onChange()
  }

  pendingCount(): number {
    for (const update of this.updates.values()) if (this.isExpired(update)) this.remove(update)
    return this.updates.size
  }

  clear(): void {
    for (const update of [...this.updates.values()].reverse()) this.remove(update)
  }
}
