import type { Bot } from '@/simulator/server/bot'
import { observe, shortened } from '@/simulator/server/observer'
import { record, type World } from '@/simulator/server/world'
import type { Delivery } from '@/simulator/wire'
import type { Answer } from './attempt'
import type { PendingUpdate } from './outbox'

export function beginDelivery(world: World, bot: Bot, update: PendingUpdate): Delivery {
  const started = world.clock.now()
  const entry: Delivery = {
    attempt_id: world.nextLogId++,
    bot_id: bot.id,
    update_id: update.id,
    type: update.type,
    queue: update.queue,
    attempt: update.attempts,
    at: new Date(started).toISOString(),
    at_unix: started / 1000,
    status: null,
    ok: false,
    request_body: update.body,
  }
  record(world.deliveries, entry)
  observe(world, { type: 'delivery', delivery: entry })
  return entry
}

export function endDelivery(
  world: World,
  entry: Delivery,
  answer: Answer,
  error: string | undefined,
): void {
  entry.duration_ms = Math.round(world.clock.now() - entry.at_unix * 1000)
  entry.ok = error === undefined
  if (error !== undefined) entry.error = error
  if (answer.kind === 'answer') {
    entry.status = answer.status
    entry.answer_headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
    )
    entry.answer_body = shortened(answer.body.toString('utf8'))
  }
  observe(world, { type: 'delivery', delivery: entry })
}
