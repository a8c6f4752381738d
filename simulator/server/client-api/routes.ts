import { z } from 'zod'
import {
  allowWriting,
  chatOf,
  pressButton,
  sendAsPerson,
  setBlocked,
} from '@/simulator/server/chats'
import { orderInfo } from '@/simulator/server/control/schemas'
import { HttpError } from '@/simulator/server/errors'
import { parse, type Route, route } from '@/simulator/server/http'
import { launch } from '@/simulator/server/launch'
import { resolveLink } from '@/simulator/server/links'
import { orderInfoOf } from '@/simulator/server/payments/order-info'
import { addPerson, botById, personById } from '@/simulator/server/people'
import { chatView, messageView } from '@/simulator/server/views'
import { notify, type World } from '@/simulator/server/world'
import type { OrderInfoReply, PaymentReply, WebAppReply } from '@/simulator/wire'

const id = z.int().positive()
const inChat = z.object({ person_id: id, bot_id: id })
const newPerson = z.object({
  first_name: z.string().min(1).max(64),
  stars: z.int().min(0).optional(),
})
const message = inChat.extend({ text: z.string() })
const callback = inChat.extend({ message_id: id, data: z.string() })
const blocking = inChat.extend({ blocked: z.boolean() })
const topUp = z.object({ person_id: id, amount: z.int().positive() })
const formRequest = z.object({ person_id: id, slug: z.string() })
const payment = z.object({
  person_id: id,
  form_id: z.string(),
  card: z.string().optional(),
  tip_amount: z.int().min(0).optional(),
  shipping_option_id: z.string().optional(),
})
const orderInfoRequest = z.object({ person_id: id, form_id: z.string(), order_info: orderInfo })
const verification = z.object({ person_id: id, form_id: z.string(), approved: z.boolean() })
const webApp = inChat.extend({
  source: z.enum(['menu', 'button', 'link']),
  url: z.string().optional(),
  start_param: z.string().optional(),
  platform: z.enum(['weba', 'web', 'tdesktop', 'android']),
  theme_params: z.record(z.string(), z.string()),
})

function findChat(world: World, { person_id, bot_id }: z.output<typeof inChat>) {
  return chatOf(world, botById(world, bot_id), personById(world, person_id))
}

/** What a fault makes the client report travels beside the truth. */
function withReport(world: World, reply: PaymentReply): PaymentReply {
  const status = world.faults.client_status
  return status && reply.status !== 'verification' ? { ...reply, reported_status: status } : reply
}

const chats: Route[] = [
  route('GET', '/client/people', ({ world }) => [...world.people.values()]),
  route('POST', '/client/people', ({ world, body }) => addPerson(world, parse(newPerson, body))),
  route('GET', '/client/chats/:person_id', ({ world, path }) => {
    const person = personById(world, Number(path.person_id))
    const all = [...world.bots.values()].map((bot) => chatOf(world, bot, person))
    return all.sort((a, b) => b.touched - a.touched).map((chat) => chatView(world, chat))
  }),
  route('POST', '/client/messages', ({ world, body }) => {
    const input = parse(message, body)
    return messageView(sendAsPerson(world, findChat(world, input), input.text))
  }),
  route('POST', '/client/callbacks', ({ world, body }) => {
    const input = parse(callback, body)
    pressButton(world, findChat(world, input), input.message_id, input.data)
    return {}
  }),
  route('POST', '/client/write-access', ({ world, body }) => {
    allowWriting(world, findChat(world, parse(inChat, body)))
    return {}
  }),
  route('POST', '/client/block', ({ world, body }) => {
    const input = parse(blocking, body)
    setBlocked(world, findChat(world, input), input.blocked)
    return {}
  }),
]

const money: Route[] = [
  route('POST', '/client/top-up', ({ world, body }) => {
    const { person_id, amount } = parse(topUp, body)
    const person = personById(world, person_id)
    person.stars += amount
    notify(world, { type: 'people' })
    return person
  }),
  route('POST', '/client/payment-form', ({ world, body }) => {
    const { person_id, slug } = parse(formRequest, body)
    return world.payments.forms.open(personById(world, person_id), slug)
  }),
  route('POST', '/client/order-info', async ({ world, body }): Promise<OrderInfoReply> => {
    const { person_id, form_id, order_info } = parse(orderInfoRequest, body)
    const person = personById(world, person_id)
    const shipping = await world.payments.fillIn(person, form_id, orderInfoOf(order_info))
    if (!Array.isArray(shipping)) {
      throw new HttpError(400, shipping.error, shipping.message ?? shipping.error)
    }
    return shipping.length > 0 ? { shipping_options: shipping } : {}
  }),
  route('POST', '/client/payment', async ({ world, body }) => {
    const { person_id, form_id, ...rest } = parse(payment, body)
    const { card, tip_amount: tip, shipping_option_id: shippingOptionId } = rest
    const options = { card, tip, shippingOptionId }
    const person = personById(world, person_id)
    return withReport(world, await world.payments.submit(person, form_id, options))
  }),
  route('POST', '/client/payment-verification', async ({ world, body }) => {
    const { person_id, form_id, approved } = parse(verification, body)
    const person = personById(world, person_id)
    return withReport(world, await world.payments.verify(person, form_id, approved))
  }),
]

const apps: Route[] = [
  route('POST', '/client/web-app', ({ world, body }): WebAppReply => {
    const input = parse(webApp, body)
    const { bot, person } = findChat(world, input)
    if (input.source === 'button' && input.url === undefined) {
      throw new HttpError(400, 'BAD_REQUEST', 'url: a button brings its own address.')
    }
    const { url, origin, initData } = launch(world, bot, person, {
      source: input.source,
      url: input.url,
      startParam: input.start_param,
      platform: input.platform,
      themeParams: input.theme_params,
    })
    return { url, origin, init_data: initData, title: bot.firstName }
  }),
  route('GET', '/client/links', ({ world, query }) => resolveLink(world, query.get('url') ?? '')),
]

export const clientRoutes: Route[] = [...chats, ...money, ...apps]
