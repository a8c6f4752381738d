import { randomInt } from 'node:crypto'
import type { Bot } from '@/simulator/server/bot'
import type { Timer } from '@/simulator/server/clock'
import { observe } from '@/simulator/server/observer'
import type { World } from '@/simulator/server/world'
import { type Answer, errorOf, retryAfter } from './attempt'
import { Connections } from './connections'
import { exchange } from './exchange'
import { beginDelivery, endDelivery } from './log'
import type { PendingUpdate } from './outbox'
import type { RunReply, WebhookSettings } from './settings'

const RETRY_DELAYS = [0, 2, 4, 8, 16, 32, 64]
const GONE_LIMIT = 23 * 3600 * 1000

/** Sends one bot's updates to its URL: in order within a queue, in parallel between queues. */
export class Webhook {
  readonly settings: WebhookSettings
  lastError: { date: number; message: string } | undefined
  /** Attempts under way that the moving clock should wait for. */
  readonly inFlight = new Set<Promise<void>>()
  #world: World
  #bot: Bot
  #runReply: RunReply
  #connections: Connections
  /** In the order of their ids; only so many are loaded at once. */
  #unloaded: PendingUpdate[] = []
  #unloadedAt = 0
  #loaded = 0
  /** Queues whose head may be sent. */
  #ready = new Set<number>()
  /** Queues with an update on its way: the next one of the queue waits. */
  #busy = new Set<number>()
  #active = 0
  #closing = new AbortController()
  #timers = new Set<Timer>()
  #pacing = false
  #goneSince: number | undefined

  constructor(world: World, bot: Bot, settings: WebhookSettings, runReply: RunReply) {
    this.#world = world
    this.#bot = bot
    this.settings = settings
    this.#runReply = runReply
    const isSecure = settings.url.protocol === 'https:'
    const { maxConnections } = settings
    const pump = () => this.#pump()
    this.#connections = new Connections(world.clock, isSecure, maxConnections, pump)
  }

  start(): void {
    const { outbox } = this.#bot
    for (const update of outbox.updates.values()) {
      const idle = { loaded: false, inFlight: false, delayed: false, nextAttempt: undefined }
      Object.assign(update, idle, { failures: 0 })
      this.#unloaded.push(update)
    }
    outbox.onAdd = (update) => this.#unloaded.push(update)
    outbox.onRemove = (update) => {
      if (update.loaded) this.#loaded -= 1
    }
    outbox.onWake = (update) => {
      this.#enqueue(update)
      this.#pump()
    }
    this.#pump()
  }

  /** Resolves when the last request has been torn down. */
  async close(): Promise<void> {
    const { outbox } = this.#bot
    outbox.onAdd = () => {}
    outbox.onRemove = () => {}
    outbox.onWake = () => {}
    for (const timer of this.#timers) timer.cancel()
    this.#closing.abort()
    this.#connections.close()
    await Promise.all(this.inFlight)
  }

  /** Makes a waiting update due at once. */
  tryNow(update: PendingUpdate): void {
    update.nextAttempt = undefined
    this.#enqueue(update)
    this.#pump()
  }

  #enqueue(update: PendingUpdate | undefined): void {
    if (update?.loaded !== true || update.inFlight || update.nextAttempt !== undefined) return
    if (this.#bot.outbox.headOf(update) === update) this.#ready.add(update.queue)
  }

  #later(milliseconds: number, run: () => void): void {
    const timer = this.#world.clock.after(milliseconds, () => {
      this.#timers.delete(timer)
      run()
    })
    this.#timers.add(timer)
  }

  /** Takes up updates, oldest first, as long as not too many are waiting for their delivery. */
  #load(): void {
    const limit = 2 * this.settings.maxConnections
    const { updates } = this.#bot.outbox
    while (this.#loaded < limit && this.#unloadedAt < this.#unloaded.length) {
      const update = this.#unloaded[this.#unloadedAt]
      this.#unloadedAt += 1
      if (update === undefined || updates.get(update.id) !== update) continue
      update.loaded = true
      this.#loaded += 1
      this.#enqueue(update)
    }
    if (this.#unloadedAt > 1000) {
      this.#unloaded.splice(0, this.#unloadedAt)
      this.#unloadedAt = 0
    }
  }

  #pump(): void {
    this.#load()
    for (const queue of this.#ready) {
      if (this.#active >= this.settings.maxConnections || this.#closing.signal.aborted) return
      if (this.#busy.has(queue)) continue
      const update = this.#bot.outbox.queues.get(queue)?.[0]
      if (!update?.loaded || update.held || update.nextAttempt !== undefined) {
        this.#ready.delete(queue)
      } else if (this.#bot.outbox.isExpired(update)) this.#discard(update)
      else if (this.#delay(update)) this.#ready.delete(queue)
      else if (this.#waitsForConnection()) return
      else this.#begin(update)
    }
  }

  /** Faults that slow down: the update waits at the head of its queue, which stays in order. */
  #delay(update: PendingUpdate): boolean {
    const { delay_ms, reorder_ms } = this.#world.faults
    const wait = (delay_ms ?? 0) + (reorder_ms ? randomInt(reorder_ms + 1) : 0)
    if (wait === 0 || update.delayed) return false
    update.delayed = true
    this.#schedule(update, wait)
    return true
  }

  #waitsForConnection(): boolean {
    const pause = this.#connections.pause()
    if (pause === 0) return false
    if (!this.#pacing) {
      this.#pacing = true
      this.#later(pause, () => {
        this.#pacing = false
        this.#pump()
      })
    }
    return true
  }

  #begin(update: PendingUpdate): void {
    const { queue } = update
    this.#ready.delete(queue)
    this.#busy.add(queue)
    this.#active += 1
    update.inFlight = true
    update.delayed = false
    const { promise: sending, resolve } = Promise.withResolvers<void>()
    const dontWait = () => {
      this.inFlight.delete(sending)
      resolve()
    }
    this.inFlight.add(sending)
    void this.#send(update, dontWait).finally(() => {
      dontWait()
      this.#active -= 1
      this.#pump()
    })
  }

  #discard(update: PendingUpdate): void {
    const { queue } = update
    this.#bot.outbox.remove(update)
    this.#ready.delete(queue)
    this.#enqueue(this.#bot.outbox.queues.get(queue)?.[0])
    this.#load()
  }

  async #send(update: PendingUpdate, dontWait: () => void): Promise<void> {
    update.attempts += 1
    const entry = beginDelivery(this.#world, this.#bot, update)
    const { url, secret, ipAddress } = this.settings
    const target = { url, secret, ipAddress, agent: this.#connections.agent }
    const answer = await exchange(this.#world, target, update, {
      closing: this.#closing.signal,
      dontWait,
    })
    update.inFlight = false
    this.#busy.delete(update.queue)
    const error = errorOf(answer)
    endDelivery(this.#world, entry, answer, error)
    if (this.#closing.signal.aborted) return
    this.#connections.answered(error === undefined)
    if (this.#isGone(answer)) return
    if (error !== undefined || answer.kind === 'failure') {
      this.#failed(update, error ?? '', retryAfter(answer))
      return
    }
    this.#delivered(update)
    const contentType = answer.headers['content-type'] ?? ''
    const method = await this.#runReply(this.#bot, contentType, answer.body)
    if (method === undefined) return
    entry.reply_method = method
    observe(this.#world, { type: 'delivery', delivery: entry })
  }

  #delivered(update: PendingUpdate): void {
    if (update.copies < (this.#world.faults.duplicate ?? 0)) {
      update.copies += 1
      this.#enqueue(update)
    } else this.#discard(update)
  }

  #failed(update: PendingUpdate, message: string, pause: number | undefined): void {
    this.lastError = { date: this.#world.clock.unix(), message }
    const scheduled = RETRY_DELAYS[update.failures] ?? randomInt(60, 121)
    if (pause === undefined) update.failures += 1
    const delay = (pause ?? scheduled) * 1000
    if (this.#world.clock.now() + delay > update.expires) this.#discard(update)
    else this.#schedule(update, delay)
  }

  #schedule(update: PendingUpdate, delay: number): void {
    const due = this.#world.clock.now() + delay
    update.nextAttempt = due
    this.#later(delay, () => {
      if (update.nextAttempt !== due) return
      update.nextAttempt = undefined
      this.#enqueue(update)
      this.#pump()
    })
  }

  /** A webhook that says "gone" for 23 hours without a break is taken down. */
  #isGone(answer: Answer): boolean {
    const now = this.#world.clock.now()
    if (answer.kind !== 'answer' || answer.status !== 410) this.#goneSince = undefined
    else this.#goneSince ??= now
    if (this.#goneSince === undefined || now - this.#goneSince < GONE_LIMIT) return false
    this.#bot.webhook = undefined
    void this.close()
    return true
  }
}
