import {
  allowWriting,
  chatOf,
  pressButton,
  sendAsPerson,
  setBlocked,
} from '@/simulator/server/chats'
import { HttpError } from '@/simulator/server/errors'
import { faultsSchema } from '@/simulator/server/faults'
import { parse, type Route, type RouteContext, route } from '@/simulator/server/http'
import { publicKeyHex } from '@/simulator/server/init-data'
import { launch } from '@/simulator/server/launch'
import { slugOf } from '@/simulator/server/payments/invoices'
import { addBot, addPerson, botById, personById } from '@/simulator/server/people'
import { purchase } from '@/simulator/server/purchase'
import { pushRaw } from '@/simulator/server/updates'
import { messagesView, messageView } from '@/simulator/server/views'
import { notify, type World } from '@/simulator/server/world'
import * as schemas from './schemas'

function number(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new HttpError(400, 'BAD_REQUEST', `Not a number: ${text}`)
  return value
}

function personOf({ world, query, path }: RouteContext) {
  const id = number(path.person_id ?? query.get('person_id'))
  if (id === undefined) throw new HttpError(400, 'BAD_REQUEST', 'person_id is missing.')
  return personById(world, id)
}

function clockView({ clock }: World) {
  const now = clock.now()
  return {
    now: new Date(now).toISOString(),
    unix: Math.floor(now / 1000),
    offset_seconds: clock.offsetSeconds,
  }
}

const people: Route[] = [
  route('GET', '/control/people', ({ world }) => [...world.people.values()]),
  route('POST', '/control/people', ({ world, body }) =>
    addPerson(world, parse(schemas.person, body)),
  ),
  route('POST', '/control/stars', ({ world, body }) => {
    const { person_id, amount } = parse(schemas.stars, body)
    const person = personById(world, person_id)
    person.stars = Math.max(person.stars + amount, 0)
    notify(world, { type: 'people' })
    return person
  }),
  route('GET', '/control/init-data', (context) => {
    const { world, query } = context
    const startParam = query.get('start_param') ?? undefined
    const reply = launch(world, botById(world, number(query.get('bot_id'))), personOf(context), {
      source: startParam === undefined ? 'menu' : 'link',
      startParam,
      ageSeconds: number(query.get('age_seconds')),
      platform: query.get('platform') ?? 'weba',
      themeParams: {},
    })
    return { init_data: reply.initData, launch_url: reply.url }
  }),
]

const chats: Route[] = [
  route('GET', '/control/chats/:person_id', (context) => {
    const { world, query } = context
    const bot = botById(world, number(query.get('bot_id')))
    return messagesView(chatOf(world, bot, personOf(context)))
  }),
  route('POST', '/control/messages', ({ world, body }) => {
    const { person_id, bot_id, text } = parse(schemas.message, body)
    const chat = chatOf(world, botById(world, bot_id), personById(world, person_id))
    return messageView(sendAsPerson(world, chat, text))
  }),
  route('POST', '/control/callbacks', ({ world, body }) => {
    const { person_id, bot_id, message_id, data } = parse(schemas.callback, body)
    const chat = chatOf(world, botById(world, bot_id), personById(world, person_id))
    return { callback_query_id: pressButton(world, chat, message_id, data) }
  }),
  route('POST', '/control/block', ({ world, body }) => {
    const { person_id, bot_id, blocked } = parse(schemas.block, body)
    setBlocked(world, chatOf(world, botById(world, bot_id), personById(world, person_id)), blocked)
    return { person_id, blocked }
  }),
  route('POST', '/control/write-access', ({ world, body }) => {
    const { person_id, bot_id } = parse(schemas.writeAccess, body)
    allowWriting(world, chatOf(world, botById(world, bot_id), personById(world, person_id)))
    return { person_id, write_allowed: true }
  }),
]

const payments: Route[] = [
  route('POST', '/control/pay', ({ world, body }) => {
    const { person_id, link, cancel, affiliate_per_mille } = parse(schemas.pay, body)
    const slug = slugOf(link)
    if (slug === undefined) {
      const forms = 'https://t.me/$slug, https://t.me/invoice/slug or tg://invoice?slug=slug'
      throw new HttpError(400, 'LINK_INVALID', `An invoice link looks like ${forms}.`)
    }
    return purchase(world, personById(world, person_id), slug, {
      cancel,
      ...(affiliate_per_mille === undefined ? {} : { affiliatePerMille: affiliate_per_mille }),
    })
  }),
  route('GET', '/control/subscriptions', (context) => {
    return context.world.payments.subscriptions.ofPerson(personOf(context).id).map(subscriptionView)
  }),
  route('POST', '/control/subscriptions', ({ world, body }) => {
    const { person_id, charge_id, action } = parse(schemas.subscription, body)
    personById(world, person_id)
    const { subscriptions } = world.payments
    return subscriptionView(subscriptions.editByPerson(person_id, charge_id, action))
  }),
  route('POST', '/control/refunds', ({ world, body }) => {
    const charge = world.payments.charges.find(parse(schemas.refund, body).charge_id)
    if (charge === undefined) {
      throw new HttpError(404, 'CHARGE_ID_INVALID', 'There is no Star payment with this charge id.')
    }
    if (charge.refunded) {
      throw new HttpError(409, 'CHARGE_ALREADY_REFUNDED', 'This payment has been refunded already.')
    }
    world.payments.charges.giveBack(charge)
    return { charge_id: charge.id, person_id: charge.person.id, amount: charge.amount }
  }),
]

function subscriptionView(
  subscription: ReturnType<World['payments']['subscriptions']['editByPerson']>,
) {
  const { first, period, expires, state, canceledByBot, canceledByPerson, failing } = subscription
  return {
    charge_id: first.id,
    person_id: first.person.id,
    invoice_payload: first.payload,
    amount: first.amount,
    period,
    expires_at: expires,
    state,
    canceled_by_bot: canceledByBot,
    canceled_by_person: canceledByPerson,
    failing,
  }
}

const machine: Route[] = [
  route('GET', '/control/clock', ({ world }) => clockView(world)),
  route('POST', '/control/clock', async ({ world, body }) => {
    await world.clock.advance(parse(schemas.clock, body).advance_seconds * 1000)
    return clockView(world)
  }),
  route('GET', '/control/faults', ({ world }) => world.faults),
  route('PUT', '/control/faults', ({ world, body }) => {
    world.faults = parse(faultsSchema, body)
    return world.faults
  }),
  route('GET', '/control/deliveries', ({ world, query }) => {
    const updateId = number(query.get('update_id'))
    const type = query.get('type')
    return world.deliveries.filter((entry) => {
      return (
        (updateId === undefined || entry.update_id === updateId) &&
        (type === null || entry.type === type)
      )
    })
  }),
  route('GET', '/control/requests', ({ world, query }) => {
    const method = query.get('method')?.toLowerCase()
    return world.requests.filter((entry) => {
      return method === undefined || entry.method.toLowerCase() === method
    })
  }),
  route('POST', '/control/updates', ({ world, body }) => {
    const { bot_id, update, queue } = parse(schemas.update, body)
    return { update_ids: pushRaw(world, botById(world, bot_id), update, queue) }
  }),
  route('GET', '/control/bots', ({ world }) => {
    const init_data_public_key = publicKeyHex(world.signingSeed)
    return [...world.bots.values()].map((bot) => ({
      id: bot.id,
      username: bot.username,
      first_name: bot.firstName,
      stars: bot.balance,
      pending_update_count: bot.outbox.pendingCount(),
      webhook_url: bot.webhook?.settings.rawUrl ?? '',
      init_data_public_key,
    }))
  }),
  route('POST', '/control/bots', ({ world, body }) => {
    const { token, username, first_name } = parse(schemas.bot, body)
    const bot = addBot(world, token, username, first_name ?? username)
    return { id: bot.id, username: bot.username, first_name: bot.firstName }
  }),
]

export const controlRoutes: Route[] = [...people, ...chats, ...payments, ...machine]
