import { randomInt } from 'node:crypto'
import type { Clock } from '@/simulator/server/clock'
import { asciiJson } from '@/simulator/server/json'

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
}

/** Every type Telegram knows that a bot of ours could be sent or ask for. */
export const UPDATE_TYPES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'subscription',
]

const ONLY_ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const KNOWN = new Set(UPDATE_TYPES)

/** The updates a bot has not taken yet, in queues that keep their own order. */
export class Outbox {
  readonly updates = new Map<number, PendingUpdate>()
  readonly queues = new Map<number, PendingUpdate[]>()
  /** Called with the queue's id whenever a queue gets its first update. */
  onHead: (queue: number) => void = () => {}
  onAdd: () => void = () => {}
  /** undefined: the default set. */
  allowed: string[] | undefined
  #clock: Clock
  #nextId = randomInt(2_000_001, 1_000_000_000)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  allows(type: string): boolean {
    if (!KNOWN.has(type)) return true
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
    const id = this.#nextId++
    const update: PendingUpdate = {
      id,
      type,
      body: `{"update_id":${id},\n"${type}":${asciiJson(payload)}}`,
      // Queue 0 means "a queue of its own".
      queue: queue === 0 ? -id : queue,
      expires: expiresUnix * 1000,
      attempts: 0,
      failures: 0,
      copies: 0,
      answersLost: 0,
    }
    this.updates.set(id, update)
    const existing = this.queues.get(update.queue)
    if (existing === undefined) {
      this.queues.set(update.queue, [update])
      this.onHead(update.queue)
    } else existing.push(update)
    this.onAdd()
    return id
  }

  remove(update: PendingUpdate): void {
    if (!this.updates.delete(update.id)) return
    const queue = this.queues.get(update.queue)
    const index = queue?.indexOf(update) ?? -1
    if (queue === undefined || index < 0) return
    queue.splice(index, 1)
    if (queue.length === 0) this.queues.delete(update.queue)
  }

  isExpired(update: PendingUpdate): boolean {
    return this.#clock.now() >= update.expires
  }

  pendingCount(): number {
    for (const update of this.updates.values()) if (this.isExpired(update)) this.remove(update)
    return this.updates.size
  }

  clear(): void {
    this.updates.clear()
    this.queues.clear()
  }
}
