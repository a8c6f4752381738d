import type { Bot } from '@/simulator/server/bot'
import type { Clock } from '@/simulator/server/clock'
import { tooManyRequests } from '@/simulator/server/errors'
import { floodLimits } from '@/simulator/server/faults'
import type { Call, Method } from './call'

const MAX_IN_FLIGHT = 310
const IN_FLIGHT_PAUSE = 3000
const IN_FLIGHT_RETRY = 60
const SECOND = 1000

/** Messages on their way and messages of the last second, by chat. */
type Traffic = { inFlight: Map<string, number>; recent: { chat: string; at: number }[] }

const traffic = new WeakMap<Bot, Traffic>()

function trafficOf(bot: Bot): Traffic {
  const existing = traffic.get(bot)
  if (existing !== undefined) return existing
  const fresh: Traffic = { inFlight: new Map(), recent: [] }
  traffic.set(bot, fresh)
  return fresh
}

export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => clock.after(milliseconds, resolve))
}

function chatKey({ params }: Call): string {
  return params.get('chat_id').trim().toLowerCase()
}

/** The flood wait of Telegram itself, when the fault is on; the last of all checks. */
export function checkFloodWait(call: Call): void {
  const { bot, world } = call
  const chat = chatKey(call)
  const limits = floodLimits(world.faults)
  if (limits === undefined) return
  const { recent } = trafficOf(bot)
  const now = world.clock.now()
  const fresh = recent.filter(({ at }) => now - at < SECOND)
  const inChat = fresh.filter((entry) => entry.chat === chat).length
  if (fresh.length >= limits.overall || inChat >= limits.per_chat) {
    throw tooManyRequests(limits.retry_after)
  }
  trafficOf(bot).recent = [...fresh, { chat, at: now }]
}

/**
 * Wraps a method that sends into a chat. A message is on its way for `sending_ms` of the faults;
 * with too many on their way to one chat the next is refused, after a pause and before it is read.
 */
export function sending(method: Method): Method {
  return async (call) => {
    const { bot, world } = call
    const chat = chatKey(call)
    const { inFlight } = trafficOf(bot)
    const count = inFlight.get(chat) ?? 0
    if (count >= MAX_IN_FLIGHT) {
      await pause(world.clock, IN_FLIGHT_PAUSE)
      throw tooManyRequests(IN_FLIGHT_RETRY)
    }
    const result = await method(call)
    const latency = world.faults.sending_ms ?? 0
    if (latency === 0) return result
    inFlight.set(chat, (inFlight.get(chat) ?? 0) + 1)
    await pause(world.clock, latency)
    inFlight.set(chat, (inFlight.get(chat) ?? 1) - 1)
    return result
  }
}
