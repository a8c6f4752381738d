import type { Person } from '@/simulator/wire'
import type { Bot } from './bot'
import { HttpError } from './errors'
import { detectEntities } from './format/detect'
import { randomInt64 } from './random'
import { pushCallback, pushChatMember, pushMessage } from './updates'
import { type ChatRecord, notify, type StoredMessage, type World } from './world'

/** What people do in their chats with bots. */

const CALLBACK_LIFE = 150_000
let touches = 0

export function chatOf(world: World, bot: Bot, person: Person): ChatRecord {
  const key = `${bot.id}:${person.id}`
  const existing = world.chats.get(key)
  if (existing !== undefined) return existing
  const chat: ChatRecord = {
    bot,
    person,
    started: false,
    blocked: false,
    writeAllowed: false,
    chatInstance: randomInt64(),
    messages: new Map(),
    touched: 0,
  }
  world.chats.set(key, chat)
  return chat
}

export function touch(world: World, chat: ChatRecord): void {
  chat.touched = ++touches
  notify(world, { type: 'chat', person_id: chat.person.id, bot_id: chat.bot.id })
}

/** Puts a message into the chat without telling the bot. */
export function addMessage(
  world: World,
  chat: ChatRecord,
  content: Omit<StoredMessage, 'id' | 'date'>,
): StoredMessage {
  const message: StoredMessage = {
    id: chat.bot.nextMessageId++,
    date: world.clock.unix(),
    ...content,
  }
  chat.messages.set(message.id, message)
  touch(world, chat)
  return message
}

/** Service messages reach the bot whoever caused them. */
export function serviceMessage(
  world: World,
  chat: ChatRecord,
  from: 'person' | 'bot',
  content: Pick<StoredMessage, 'payment' | 'refund' | 'writeAccess'>,
): StoredMessage {
  const message = addMessage(world, chat, { from, ...content })
  pushMessage(chat, message)
  return message
}

export function sendAsPerson(world: World, chat: ChatRecord, text: string): StoredMessage {
  if (chat.blocked) {
    throw new HttpError(409, 'BOT_BLOCKED', 'This person has blocked the bot: unblock it first.')
  }
  if (text === '' || text.length > 4096) {
    throw new HttpError(400, 'TEXT_INVALID', 'A message has 1 to 4096 characters.')
  }
  chat.started = true
  chat.writeAllowed = true
  const entities = detectEntities(text, [])
  const message = addMessage(world, chat, { from: 'person', text, entities })
  pushMessage(chat, message)
  return message
}

export function editAsPerson(
  world: World,
  chat: ChatRecord,
  messageId: number,
  text: string,
): StoredMessage {
  const message = chat.messages.get(messageId)
  if (message?.from !== 'person' || message.text === undefined) {
    throw new HttpError(404, 'MESSAGE_UNKNOWN', 'People edit only the texts they wrote.')
  }
  const entities = detectEntities(text, [])
  const edited: StoredMessage = { ...message, text, entities, editDate: world.clock.unix() }
  chat.messages.set(messageId, edited)
  pushMessage(chat, edited)
  touch(world, chat)
  return edited
}

export function pressButton(
  world: World,
  chat: ChatRecord,
  messageId: number,
  data: string,
): string {
  if (Buffer.byteLength(data) > 64) {
    throw new HttpError(400, 'DATA_INVALID', 'Callback data has at most 64 bytes.')
  }
  const id = randomInt64()
  const { bot, person } = chat
  world.callbacks.set(id, { bot, personId: person.id, date: world.clock.unix() })
  world.clock.after(CALLBACK_LIFE, () => world.callbacks.delete(id))
  pushCallback(world, chat, { id, messageId, data })
  return id
}

export function setBlocked(world: World, chat: ChatRecord, blocked: boolean): void {
  if (chat.blocked === blocked) return
  chat.blocked = blocked
  pushChatMember(world, chat, blocked)
  touch(world, chat)
}

export function allowWriting(world: World, chat: ChatRecord): void {
  if (chat.writeAllowed) return
  chat.writeAllowed = true
  serviceMessage(world, chat, 'person', { writeAccess: true })
}
