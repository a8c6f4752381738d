import type { Bot } from '@/simulator/server/bot'
import type { PendingUpdate } from '@/simulator/server/delivery/outbox'
import { HttpError } from '@/simulator/server/errors'
import { type Route, type RouteContext, route } from '@/simulator/server/http'
import type { World } from '@/simulator/server/world'
import type { ApiCall, Delivery, PendingUpdateView, QueueView } from '@/simulator/wire'
import { number } from './query'

/** What was sent, called and waits, and a hand on single updates. */

function withoutBodies(delivery: Delivery): Delivery {
  const { request_body, answer_headers, answer_body, ...rest } = delivery
  return rest
}

function deliveries({ world, query }: RouteContext): Delivery[] {
  const updateId = number(query.get('update_id'))
  const botId = number(query.get('bot_id'))
  const type = query.get('type')
  const found = world.deliveries.filter((entry) => {
    return (
      (updateId === undefined || entry.update_id === updateId) &&
      (botId === undefined || entry.bot_id === botId) &&
      (type === null || entry.type === type)
    )
  })
  return query.get('body') === '1' ? found : found.map(withoutBodies)
}

function calls({ world, query }: RouteContext): ApiCall[] {
  const method = query.get('method')?.toLowerCase()
  const botId = number(query.get('bot_id'))
  return world.requests.filter((entry) => {
    return (
      (method === undefined || entry.method.toLowerCase() === method) &&
      (botId === undefined || entry.bot_id === botId)
    )
  })
}

function pendingView(update: PendingUpdate): PendingUpdateView {
  const { nextAttempt } = update
  return {
    update_id: update.id,
    type: update.type,
    attempts: update.attempts,
    held: update.held,
    in_flight: update.inFlight,
    expires_at: new Date(update.expires).toISOString(),
    ...(nextAttempt === undefined ? {} : { next_attempt_at: new Date(nextAttempt).toISOString() }),
  }
}

function queuesOf(bot: Bot): QueueView[] {
  return [...bot.outbox.queues].map(([queue, updates]) => ({
    bot_id: bot.id,
    queue,
    type: updates[0]?.type ?? '',
    updates: updates.map(pendingView),
  }))
}

type Found = { bot: Bot; pending: PendingUpdate | undefined }

function findUpdate({ world, path, query }: RouteContext): Found & { id: number } {
  const id = number(path.update_id) ?? 0
  const botId = number(query.get('bot_id'))
  for (const bot of world.bots.values()) {
    if (botId !== undefined && bot.id !== botId) continue
    const pending = bot.outbox.updates.get(id)
    const isKnown = pending !== undefined || lastDelivery(world, bot, id) !== undefined
    if (isKnown) return { id, bot, pending }
  }
  throw new HttpError(404, 'UPDATE_UNKNOWN', `There is no update ${path.update_id}.`)
}

function lastDelivery(world: World, bot: Bot, id: number): Delivery | undefined {
  return world.deliveries.findLast((entry) => entry.update_id === id && entry.bot_id === bot.id)
}

function replay(context: RouteContext) {
  const { id, bot, pending } = findUpdate(context)
  if (bot.webhook === undefined) {
    throw new HttpError(409, 'NO_WEBHOOK', 'This bot fetches its updates: nothing is sent to it.')
  }
  if (pending !== undefined) {
    pending.held = false
    bot.webhook.tryNow(pending)
    return { update_id: id, state: 'pending' }
  }
  const sent = lastDelivery(context.world, bot, id)
  if (sent?.request_body === undefined) {
    throw new HttpError(404, 'UPDATE_UNKNOWN', 'The body of this update is no longer known.')
  }
  const { type, queue, attempt, request_body: body } = sent
  bot.outbox.repeat({ id, type, queue, attempts: attempt, body })
  return { update_id: id, state: 'pending' }
}

function setHeld(context: RouteContext, held: boolean) {
  const { id, bot, pending } = findUpdate(context)
  if (pending === undefined) {
    throw new HttpError(409, 'UPDATE_DELIVERED', 'This update has been delivered already.')
  }
  bot.outbox.hold(pending, held)
  return { update_id: id, state: held ? 'held' : 'pending' }
}

export const observerRoutes: Route[] = [
  route('GET', '/control/deliveries', deliveries),
  route('POST', '/control/deliveries/:update_id/replay', replay),
  route('POST', '/control/deliveries/:update_id/hold', (context) => setHeld(context, true)),
  route('POST', '/control/deliveries/:update_id/release', (context) => setHeld(context, false)),
  route('GET', '/control/calls', calls),
  route('GET', '/control/requests', (context) => {
    return calls(context).map(({ call_id, answer_body, ...rest }) => rest)
  }),
  route('GET', '/control/queues', ({ world, query }) => {
    const botId = number(query.get('bot_id'))
    const bots = [...world.bots.values()].filter(({ id }) => botId === undefined || id === botId)
    return bots.flatMap(queuesOf)
  }),
]
