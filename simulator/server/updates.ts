import type { OrderInfo, Person, ShippingAddress } from '@/simulator/wire'
import type { Bot } from './bot'
import { isRecord } from './json'
import type { ChatRecord, StoredMessage, World } from './world'

/**
 * The one place that turns the simulator's state into Telegram's JSON. Field order is the real
 * server's; a member that is `undefined` is left out by the encoder.
 */

type Json = Record<string, unknown>

const DAY = 86_400
const SHORT_LIVED = 150
const QUEUE_STEP = 2 ** 33

export const queueOf = {
  callback: (personId: number) => personId + 3 * QUEUE_STEP,
  /** Shared by pre-checkout and shipping. */
  preCheckout: (personId: number) => personId + 4 * QUEUE_STEP,
  myChatMember: (chatId: number) => chatId + 5 * QUEUE_STEP,
  /** Not in the published source: kept apart from messages like the other durable bot events. */
  subscription: (personId: number) => personId + 13 * QUEUE_STEP,
}

export function userJson(person: Person): Json {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.first_name,
    last_name: person.last_name || undefined,
    username: person.username || undefined,
    language_code: person.language_code || undefined,
  }
}

export function botUserJson(bot: Bot): Json {
  return { id: bot.id, is_bot: true, first_name: bot.firstName, username: bot.username }
}

export function meJson(bot: Bot): Json {
  return {
    ...botUserJson(bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    supports_guest_queries: false,
    can_connect_to_business: false,
    has_main_web_app: true,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
  }
}

export function chatJson(person: Person): Json {
  return {
    id: person.id,
    first_name: person.first_name,
    last_name: person.last_name || undefined,
    username: person.username || undefined,
    type: 'private',
  }
}

function paymentJson(message: StoredMessage): Json {
  const payment = message.payment
  return {
    successful_payment: payment && {
      currency: payment.currency,
      total_amount: payment.total_amount,
      invoice_payload: payment.invoice_payload,
      shipping_option_id: payment.shipping_option_id,
      order_info: payment.order_info,
      telegram_payment_charge_id: payment.telegram_payment_charge_id,
      provider_payment_charge_id: payment.provider_payment_charge_id,
      is_recurring: payment.is_recurring,
      is_first_recurring: payment.is_first_recurring,
      subscription_expiration_date: payment.subscription_expiration_date,
    },
    refunded_payment: message.refund && {
      ...message.refund,
      provider_payment_charge_id: message.refund.provider_payment_charge_id || undefined,
    },
  }
}

export function messageJson(chat: ChatRecord, message: StoredMessage): Json {
  const { invoice } = message
  return {
    message_id: message.id,
    from: message.from === 'bot' ? botUserJson(chat.bot) : userJson(chat.person),
    chat: chatJson(chat.person),
    date: message.date,
    edit_date: message.editDate,
    text: message.text,
    entities: message.entities?.length ? message.entities : undefined,
    invoice: invoice && {
      title: invoice.title,
      description: invoice.description,
      start_parameter: invoice.start_parameter,
      currency: invoice.currency,
      total_amount: invoice.total_amount,
    },
    ...paymentJson(message),
    write_access_allowed: message.writeAccess && { from_request: true },
    reply_markup: message.keyboard && { inline_keyboard: message.keyboard },
  }
}

export function pushMessage(chat: ChatRecord, message: StoredMessage): void {
  const type = message.editDate === undefined ? 'message' : 'edited_message'
  const expires = (message.editDate ?? message.date) + DAY
  chat.bot.outbox.add(type, messageJson(chat, message), chat.person.id, expires)
}

export function pushCallback(
  world: World,
  chat: ChatRecord,
  query: { id: string; messageId: number; data: string },
): void {
  const message = chat.messages.get(query.messageId)
  const update = {
    id: query.id,
    from: userJson(chat.person),
    message: message
      ? messageJson(chat, message)
      : { chat: chatJson(chat.person), message_id: query.messageId, date: 0 },
    chat_instance: chat.chatInstance,
    data: query.data,
  }
  const { outbox } = chat.bot
  const expires = world.clock.unix() + SHORT_LIVED
  outbox.add('callback_query', update, queueOf.callback(chat.person.id), expires)
}

export function pushPreCheckout(
  world: World,
  bot: Bot,
  person: Person,
  query: {
    id: string
    currency: string
    total_amount: number
    invoice_payload: string
    shipping_option_id: string | undefined
    order_info: OrderInfo | undefined
  },
): void {
  const { id, ...rest } = query
  const expires = world.clock.unix() + SHORT_LIVED
  const update = { id, from: userJson(person), ...rest }
  bot.outbox.add('pre_checkout_query', update, queueOf.preCheckout(person.id), expires)
}

export function pushShipping(
  world: World,
  invoice: { bot: Bot; payload: string },
  person: Person,
  query: { id: string; address: ShippingAddress },
): void {
  const update = {
    id: query.id,
    from: userJson(person),
    invoice_payload: invoice.payload,
    shipping_address: query.address,
  }
  const expires = world.clock.unix() + SHORT_LIVED
  invoice.bot.outbox.add('shipping_query', update, queueOf.preCheckout(person.id), expires)
}

export function pushChatMember(world: World, chat: ChatRecord, blocked: boolean): void {
  const user = botUserJson(chat.bot)
  const member = { user, status: 'member' }
  const kicked = { user, status: 'kicked', until_date: 0 }
  const date = world.clock.unix()
  const update = {
    chat: chatJson(chat.person),
    from: userJson(chat.person),
    date,
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  }
  const queue = queueOf.myChatMember(chat.person.id)
  chat.bot.outbox.add('my_chat_member', update, queue, date + DAY)
}

export function pushSubscription(
  world: World,
  bot: Bot,
  person: Person,
  payload: string,
  state: 'active' | 'canceled' | 'failed',
): void {
  const update = { user: userJson(person), invoice_payload: payload, state }
  const expires = world.clock.unix() + DAY
  bot.outbox.add('subscription', update, queueOf.subscription(person.id), expires)
}

/** An update as a test wrote it, such as one of a type that does not exist yet. */
export function pushRaw(world: World, bot: Bot, update: unknown, queue?: number): number[] {
  const ids: number[] = []
  if (!isRecord(update)) return ids
  for (const [type, payload] of Object.entries(update)) {
    if (type === 'update_id') continue
    const expires = world.clock.unix() + DAY
    const id = bot.outbox.add(type, payload, queue ?? 0, expires)
    if (id !== undefined) ids.push(id)
  }
  return ids
}
