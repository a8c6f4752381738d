import { addMessage, touch } from '@/simulator/server/chats'
import { badRequest } from '@/simulator/server/errors'
import { formattedText } from '@/simulator/server/format/text'
import { chatJson, messageJson } from '@/simulator/server/updates'
import { type ChatRecord, notify, type StoredMessage } from '@/simulator/server/world'
import { type Call, chatById, type Method, writableChat } from './call'
import { inlineKeyboard } from './markup'
import { checkFloodWait, sending } from './sending'

const MESSAGE_ID_MAX = 2 ** 31 - 1
const DELETABLE_SECONDS = 48 * 3600

const sendMessage: Method = (call) => {
  const { text, entities } = formattedText(call.params)
  const keyboard = inlineKeyboard(call.params)
  if (keyboard?.some((row) => row.some((button) => button.pay === true))) {
    throw badRequest('BUTTON_TYPE_INVALID')
  }
  const chat = writableChat(call)
  checkFloodWait(call)
  const message = addMessage(call.world, chat, {
    from: 'bot',
    text,
    entities,
    ...(keyboard === undefined ? {} : { keyboard }),
  })
  return messageJson(chat, message)
}

function editable(call: Call): { chat: ChatRecord; message: StoredMessage } {
  const chat = chatById(call, call.params.get('chat_id'))
  const id = call.params.int('message_id', 0, 0, MESSAGE_ID_MAX)
  if (id === 0) throw badRequest('message identifier is not specified')
  const message = chat.messages.get(id)
  if (message === undefined) throw badRequest('message to edit not found')
  if (message.from !== 'bot' || message.payment || message.refund) {
    throw badRequest("message can't be edited")
  }
  return { chat, message }
}

function applyEdit(
  call: Call,
  { chat, message }: { chat: ChatRecord; message: StoredMessage },
  change: Pick<StoredMessage, 'text' | 'entities'>,
): unknown {
  const keyboard = inlineKeyboard(call.params)
  const content = ({ text, entities, keyboard: rows }: Partial<StoredMessage>) =>
    JSON.stringify([text, entities ?? [], rows ?? []])
  const next: StoredMessage = { ...message, ...change }
  delete next.keyboard
  if (keyboard !== undefined) next.keyboard = keyboard
  if (content(next) === content(message)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the ' +
        'same as a current content and reply markup of the message',
    )
  }
  next.editDate = call.world.clock.unix()
  chat.messages.set(next.id, next)
  touch(call.world, chat)
  return messageJson(chat, next)
}

const editMessageText: Method = (call) => {
  const formatted = formattedText(call.params)
  const target = editable(call)
  if (target.message.text === undefined) throw badRequest('there is no text in the message to edit')
  return applyEdit(call, target, formatted)
}

const editMessageReplyMarkup: Method = (call) => applyEdit(call, editable(call), {})

const deleteMessage: Method = (call) => {
  const chat = chatById(call, call.params.get('chat_id'))
  const id = call.params.int('message_id', 0, 0, MESSAGE_ID_MAX)
  if (id === 0) throw badRequest('message identifier is not specified')
  const message = chat.messages.get(id)
  if (message === undefined) throw badRequest('message to delete not found')
  if (call.world.clock.unix() - message.date > DELETABLE_SECONDS) {
    throw badRequest("message can't be deleted for everyone")
  }
  chat.messages.delete(id)
  touch(call.world, chat)
  return true
}

const answerCallbackQuery: Method = ({ world, bot, params }) => {
  const id = params.get('callback_query_id')
  const query = world.callbacks.get(id)
  if (query === undefined || query.bot !== bot) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid')
  }
  const text = params.get('text')
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG')
  world.callbacks.delete(id)
  notify(world, {
    type: 'callback_answer',
    person_id: query.personId,
    text,
    show_alert: params.bool('show_alert'),
  })
  return true
}

const getChat: Method = (call) => {
  const { person } = chatById(call, call.params.get('chat_id'))
  return { ...chatJson(person), accent_color_id: person.id % 7, max_reaction_count: 11 }
}

const sendChatAction: Method = (call) => {
  const actions = /^(typing|(upload|record)_\w+|choose_sticker|find_location)$/
  if (!actions.test(call.params.get('action'))) {
    throw badRequest('wrong parameter action in request')
  }
  writableChat(call)
  return true
}

export const messageMethods: Record<string, Method> = {
  sendMessage: sending(sendMessage),
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  getChat,
  sendChatAction,
}
