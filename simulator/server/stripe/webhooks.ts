import { createHmac, randomInt } from 'node:crypto'
import type { Timer } from '@/simulator/server/clock'
import { fateOf, use } from '@/simulator/server/faults'
import { observe, shortened } from '@/simulator/server/observer'
import { record, type World } from '@/simulator/server/world'
import type { StripeDelivery } from '@/simulator/wire'
import { type Answer, post } from './post'
import type { EndpointJson, EventJson } from './shapes'

/** Events on their way: signed, at least once, in no order, again until somebody takes them. */

export type Endpoint = { endpoint: EndpointJson; secret: string }

type Pending = {
  event: EventJson
  to: Endpoint
  attempts: number
  answersLost: number
  hangs: number
  copies: number
  held: boolean
  timer: Timer | undefined
  next: number | undefined
  isDone: boolean
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const RETRIES = [MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
const LATER = 12 * HOUR
const GIVE_UP = 72 * HOUR

export function sign(secret: string, at: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return `t=${at},v1=${digest}`
}

function listensTo({ endpoint }: Endpoint, type: string): boolean {
  if (endpoint.status !== 'enabled') return false
  return endpoint.enabled_events.some((name) => name === '*' || name === type)
}

export class Webhooks {
  readonly endpoints = new Map<string, Endpoint>()
  readonly deliveries: StripeDelivery[] = []
  /** Attempts that a moving clock should wait for. */
  readonly inFlight = new Set<Promise<void>>()
  readonly #world: World
  readonly #pending = new Map<string, Pending>()
  readonly #closing = new AbortController()

  constructor(world: World) {
    this.#world = world
  }

  send(event: EventJson): void {
    const faults = this.#world.faults.stripe_webhook ?? {}
    const fate = fateOf(faults, event.type)
    if (fate === 'drop') return
    for (const to of this.endpoints.values()) {
      if (!listensTo(to, event.type)) continue
      const pending = this.#begin(event, to)
      pending.held = fate === 'hold'
      event.pending_webhooks += 1
      this.#pending.set(`${event.id}:${to.endpoint.id}`, pending)
      const wait = (faults.delay_ms ?? 0) + randomInt((faults.shuffle_ms ?? 0) + 1)
      if (!pending.held) this.#schedule(pending, wait)
    }
  }

  /** What is held or waits for its next attempt. */
  waiting(): EventJson[] {
    const events = [...this.#pending.values()].map(({ event }) => event)
    return events.filter((event, index) => events.indexOf(event) === index)
  }

  /** One attempt now, whatever became of the event before. */
  async deliver(event: EventJson, endpointId?: string): Promise<StripeDelivery[]> {
    const made: StripeDelivery[] = []
    for (const to of this.endpoints.values()) {
      const { id } = to.endpoint
      if (endpointId !== undefined && id !== endpointId) continue
      const pending = this.#pending.get(`${event.id}:${id}`) ?? this.#done(event, to)
      pending.held = false
      pending.timer?.cancel()
      pending.attempts = Math.max(pending.attempts, this.#attemptsOf(event, id))
      const delivery = await this.#attempt(pending)
      if (delivery !== undefined) made.push(delivery)
    }
    return made
  }

  close(): void {
    this.#closing.abort()
  }

  #begin(event: EventJson, to: Endpoint): Pending {
    return {
      event,
      to,
      attempts: 0,
      answersLost: 0,
      hangs: 0,
      copies: 0,
      held: false,
      timer: undefined,
      next: undefined,
      isDone: false,
    }
  }

  #done(event: EventJson, to: Endpoint): Pending {
    return { ...this.#begin(event, to), isDone: true }
  }

  #attemptsOf(event: EventJson, endpointId: string): number {
    return this.deliveries.filter((entry) => {
      return entry.event_id === event.id && entry.endpoint_id === endpointId
    }).length
  }

  #schedule(pending: Pending, wait: number): void {
    pending.next = this.#world.clock.now() + wait
    const run = () => {
      if (!pending.held) void this.#attempt(pending)
    }
    if (wait === 0) run()
    else pending.timer = this.#world.clock.after(wait, run)
  }

  #attempt(pending: Pending): Promise<StripeDelivery | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.inFlight.add(promise)
    const dontWait = () => {
      this.inFlight.delete(promise)
      resolve()
    }
    // The request under way is answered first, as it would be from another machine.
    const later = new Promise((done) => setImmediate(done))
    return later.then(() => this.#try(pending, dontWait)).finally(dontWait)
  }

  async #try(pending: Pending, dontWait: () => void): Promise<StripeDelivery | undefined> {
    if (this.#closing.signal.aborted) return undefined
    pending.attempts += 1
    const at = this.#world.clock.now()
    const { event, to } = pending
    const body = JSON.stringify(event, null, 2)
    const signature = sign(to.secret, Math.floor(at / 1000), body)
    const entry: StripeDelivery = {
      attempt_id: this.#world.nextLogId++,
      event_id: event.id,
      type: event.type,
      endpoint_id: to.endpoint.id,
      url: to.endpoint.url,
      attempt: pending.attempts,
      at: new Date(at).toISOString(),
      at_unix: at / 1000,
      status: null,
      ok: false,
      request_body: body,
      signature,
    }
    record(this.deliveries, entry)
    observe(this.#world, { type: 'stripe', delivery: entry })
    const answer = await this.#exchange(pending, { body, signature }, dontWait)
    this.#finish(pending, entry, answer)
    observe(this.#world, { type: 'stripe', delivery: entry })
    return entry
  }

  async #exchange(
    pending: Pending,
    message: { body: string; signature: string },
    dontWait: () => void,
  ): Promise<Answer> {
    const fault = this.#world.faults.stripe_webhook ?? {}
    const isReplaced = fault.status != null && use(fault)
    const replaced: Answer | undefined = isReplaced
      ? { status: fault.status ?? 500, body: '' }
      : undefined
    if (replaced !== undefined && fault.delivered === false) return replaced
    const { signal } = this.#closing
    const answer = await post(this.#world.clock, pending.to.endpoint.url, message, signal)
    if (replaced !== undefined) return replaced
    if (pending.hangs < (fault.hang ?? 0)) {
      pending.hangs += 1
      dontWait()
      await new Promise<void>((resolve) => {
        this.#world.clock.after(20_000, resolve)
        signal.addEventListener('abort', () => resolve())
      })
      return { error: 'Timed out' }
    }
    if (pending.answersLost < (fault.drop_answer ?? 0)) {
      pending.answersLost += 1
      return { error: 'Connection closed' }
    }
    return answer
  }

  #finish(pending: Pending, entry: StripeDelivery, answer: Answer): void {
    const now = this.#world.clock.now()
    entry.duration_ms = Math.round(now - entry.at_unix * 1000)
    if ('error' in answer) entry.error = answer.error
    else {
      entry.status = answer.status
      entry.answer_body = shortened(answer.body)
      entry.ok = answer.status >= 200 && answer.status <= 299
      if (!entry.ok) entry.error = `HTTP ${answer.status}`
    }
    if (pending.isDone || this.#closing.signal.aborted) return
    if (!entry.ok) this.#again(pending, entry, now)
    else if (pending.copies < (this.#world.faults.stripe_webhook?.duplicate ?? 0)) {
      pending.copies += 1
      this.#schedule(pending, 1)
    } else this.#forget(pending)
  }

  #again(pending: Pending, entry: StripeDelivery, now: number): void {
    const wait = RETRIES[pending.attempts - 1] ?? LATER
    if (now + wait > pending.event.created * 1000 + GIVE_UP) {
      this.#forget(pending)
      return
    }
    entry.next_attempt_at = new Date(now + wait).toISOString()
    this.#schedule(pending, wait)
  }

  #forget(pending: Pending): void {
    pending.isDone = true
    pending.event.pending_webhooks -= 1
    this.#pending.delete(`${pending.event.id}:${pending.to.endpoint.id}`)
  }
}
