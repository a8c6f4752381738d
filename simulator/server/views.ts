import type { BotInfo, Chat, ChatMessage, Person } from '@/simulator/wire'
import type { Bot } from './bot'
import type { ChatRecord, StoredMessage, World } from './world'

/** What people see: the state in the words of `wire.ts`. */

export function menuButtonOf(world: World, bot: Bot, person: Person): BotInfo['menu_button'] {
  const own = bot.menuButtons.get(person.id) ?? bot.menuButton
  if (own === undefined) return { type: 'web_app', text: 'Plans', url: `${world.appUrl}/app` }
  return own.type === 'web_app' ? { type: 'web_app', text: own.text, url: own.web_app.url } : own
}

export function botInfo(world: World, bot: Bot, person: Person): BotInfo {
  const scopes = [
    `chat/${person.id}/${person.language_code ?? ''}`,
    `chat/${person.id}/`,
    `all_private_chats//${person.language_code ?? ''}`,
    'all_private_chats//',
    `default//${person.language_code ?? ''}`,
    'default//',
  ]
  const commands = scopes.map((scope) => bot.commands.get(scope)).find((list) => list !== undefined)
  return {
    id: bot.id,
    first_name: bot.firstName,
    username: bot.username,
    commands: commands ?? [],
    menu_button: menuButtonOf(world, bot, person),
  }
}

function paymentView(message: StoredMessage): Pick<ChatMessage, 'payment' | 'refund'> {
  const { payment, refund } = message
  const until = payment?.subscription_expiration_date
  return {
    ...(payment && {
      payment: {
        title: payment.title,
        currency: payment.currency,
        total_amount: payment.total_amount,
        charge_id: payment.telegram_payment_charge_id,
        ...(until === undefined ? {} : { subscription_until: until }),
      },
    }),
    ...(refund && {
      refund: {
        currency: refund.currency,
        total_amount: refund.total_amount,
        charge_id: refund.telegram_payment_charge_id,
      },
    }),
  }
}

export function messageView(message: StoredMessage): ChatMessage {
  const { id, from, date, editDate, text, entities, keyboard, invoice } = message
  return {
    message_id: id,
    from,
    date,
    ...(editDate === undefined ? {} : { edit_date: editDate }),
    ...(text === undefined ? {} : { text }),
    ...(entities?.length ? { entities } : {}),
    ...(keyboard === undefined ? {} : { keyboard }),
    ...(invoice && {
      invoice: {
        title: invoice.title,
        description: invoice.description,
        currency: invoice.currency,
        total_amount: invoice.total_amount,
        slug: invoice.slug,
        paid: invoice.paid,
      },
    }),
    ...paymentView(message),
  }
}

export function messagesView(chat: ChatRecord): ChatMessage[] {
  return [...chat.messages.values()].filter(({ writeAccess }) => !writeAccess).map(messageView)
}

export function chatView(world: World, chat: ChatRecord): Chat {
  return {
    bot: botInfo(world, chat.bot, chat.person),
    started: chat.started,
    blocked: chat.blocked,
    write_allowed: chat.writeAllowed,
    messages: messagesView(chat),
  }
}
