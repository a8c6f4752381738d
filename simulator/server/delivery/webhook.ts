import { randomInt } from 'node:crypto'
import { Agent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Bot } from '@/simulator/server/bot'
import type { Timer } from '@/simulator/server/clock'
import { use } from '@/simulator/server/faults'
import { type Delivery, record, type World } from '@/simulator/server/world'
import { type Answer, attempt } from './attempt'
import type { PendingUpdate } from './outbox'

export type WebhookSettings = { url: URL; rawUrl: string; secret: string; maxConnections: number }
/** Runs the method that a 2xx answer's body names; result and errors are thrown away. */
export type RunReply = (bot: Bot, contentType: string, body: Buffer) => Promise<string | undefined>

const RETRY_DELAYS = [0, 2, 4, 8, 16, 32, 64]
const MAX_RETRY_AFTER = 3600
const GONE_LIMIT = 23 * 3600 * 1000

function retryAfter(answer: Answer): number | undefined {
  if (answer.kind !== 'answer') return undefined
  const seconds = Number.parseInt(answer.headers['retry-after'] ?? '', 10)
  if (Number.isNaN(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER)
}

function errorOf(answer: Answer): string | undefined {
  if (answer.kind === 'failure') return answer.error
  if (answer.status >= 200 && answer.status <= 299) return undefined
  return `Wrong response from the webhook: ${answer.status} ${answer.reason}`.trimEnd()
}

/** Sends one bot's updates to its URL: in order within a queue, in parallel between queues. */
export class Webhook {
  readonly settings: WebhookSettings
  lastError: { date: number; message: string } | undefined
  /** Attempts under way that the moving clock should wait for. */
  readonly inFlight = new Set<Promise<void>>()
  #world: World
  #bot: Bot
  #runReply: RunReply
  #agent: Agent | HttpsAgent
  #ready = new Set<number>()
  /** Queues with an update on its way: the next one of the queue waits. */
  #busy = new Set<number>()
  #active = 0
  #closing = new AbortController()
  #timers = new Set<Timer>()
  #goneSince: number | undefined

  constructor(world: World, bot: Bot, settings: WebhookSettings, runReply: RunReply) {
    this.#world = world
    this.#bot = bot
    this.settings = settings
    this.#runReply = runReply
    const options = { keepAlive: true, maxSockets: settings.maxConnections }
    this.#agent = settings.url.protocol === 'https:' ? new HttpsAgent(options) : new Agent(options)
  }

  start(): void {
    for (const [queue, updates] of this.#bot.outbox.queues) {
      for (const update of updates) update.failures = 0
      this.#ready.add(queue)
    }
    this.#bot.outbox.onHead = (queue) => {
      this.#ready.add(queue)
      this.#pump()
    }
    this.#pump()
  }

  close(): void {
    this.#bot.outbox.onHead = () => {}
    for (const timer of this.#timers) timer.cancel()
    this.#closing.abort()
    this.#agent.destroy()
  }

  #later(milliseconds: number, run: () => void): void {
    const timer = this.#world.clock.after(milliseconds, () => {
      this.#timers.delete(timer)
      run()
    })
    this.#timers.add(timer)
  }

  #pump(): void {
    for (const queue of this.#ready) {
      if (this.#active >= this.settings.maxConnections || this.#closing.signal.aborted) return
      if (this.#busy.has(queue)) continue
      this.#ready.delete(queue)
      const update = this.#bot.outbox.queues.get(queue)?.[0]
      if (update === undefined) continue
      if (this.#bot.outbox.isExpired(update)) this.#discard(update)
      else {
        this.#active += 1
        this.#busy.add(queue)
        const delay = this.#world.faults.delay_ms ?? 0
        if (delay > 0) this.#later(delay, () => this.#begin(update))
        else this.#begin(update)
      }
    }
  }

  #begin(update: PendingUpdate): void {
    const sending: Promise<void> = this.#send(update).finally(() => {
      this.inFlight.delete(sending)
      this.#active -= 1
      this.#pump()
    })
    this.inFlight.add(sending)
  }

  #discard(update: PendingUpdate): void {
    this.#bot.outbox.remove(update)
    if (this.#bot.outbox.queues.has(update.queue)) this.#ready.add(update.queue)
  }

  async #send(update: PendingUpdate): Promise<void> {
    const { clock } = this.#world
    update.attempts += 1
    const started = clock.now()
    const entry: Delivery = {
      bot_id: this.#bot.id,
      update_id: update.id,
      type: update.type,
      queue: update.queue,
      attempt: update.attempts,
      at: new Date(started).toISOString(),
      at_unix: started / 1000,
      status: null,
      ok: false,
    }
    record(this.#world.deliveries, entry)
    const answer = await this.#exchange(update)
    entry.duration_ms = Math.round(clock.now() - started)
    const error = errorOf(answer)
    if (answer.kind === 'answer') entry.status = answer.status
    if (error !== undefined) entry.error = error
    if (this.#closing.signal.aborted) return
    this.#busy.delete(update.queue)
    this.#watchGone(answer)
    if (error !== undefined || answer.kind === 'failure') {
      this.#failed(update, error ?? '', retryAfter(answer))
      return
    }
    entry.ok = true
    this.#delivered(update)
    const contentType = answer.headers['content-type'] ?? ''
    const method = await this.#runReply(this.#bot, contentType, answer.body)
    if (method !== undefined) entry.reply_method = method
  }

  /** What came back, as far as the faults let it come back. */
  async #exchange(update: PendingUpdate): Promise<Answer> {
    const { clock, faults } = this.#world
    const override = faults.webhook_status
    const overridden = override && use(override) ? override : undefined
    const fake = (status: number): Answer => {
      return { kind: 'answer', status, reason: 'Fault', headers: {}, body: Buffer.alloc(0) }
    }
    if (overridden?.delivered === false) return fake(overridden.status)
    const { url, secret } = this.settings
    const target = { url, secret, agent: this.#agent }
    const answer = await attempt(clock, target, update.body, this.#closing.signal)
    if (overridden !== undefined) return fake(overridden.status)
    if (errorOf(answer) === undefined && update.answersLost < (faults.drop_answer ?? 0)) {
      update.answersLost += 1
      return { kind: 'failure', error: 'Webhook connection closed' }
    }
    return answer
  }

  #delivered(update: PendingUpdate): void {
    if (update.copies < (this.#world.faults.duplicate ?? 0)) {
      update.copies += 1
      this.#ready.add(update.queue)
    } else this.#discard(update)
  }

  #failed(update: PendingUpdate, message: string, pause: number | undefined): void {
    this.lastError = { date: this.#world.clock.unix(), message }
    const scheduled = RETRY_DELAYS[update.failures] ?? randomInt(60, 121)
    if (pause === undefined) update.failures += 1
    const delay = (pause ?? scheduled) * 1000
    if (this.#world.clock.now() + delay > update.expires) {
      this.#discard(update)
    } else {
      this.#later(delay, () => {
        this.#ready.add(update.queue)
        this.#pump()
      })
    }
  }

  /** A webhook that says "gone" for 23 hours without a break is taken down. */
  #watchGone(answer: Answer): void {
    const gone = answer.kind === 'answer' && answer.status === 410
    if (!gone) this.#goneSince = undefined
    else if (this.#goneSince === undefined) this.#goneSince = this.#world.clock.now()
    else if (this.#world.clock.now() - this.#goneSince >= GONE_LIMIT) {
      this.close()
      this.#bot.webhook = undefined
    }
  }
}
