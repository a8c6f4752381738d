import type { Bot, BotCommand, MenuButton } from '@/simulator/server/bot'
import { badRequest } from '@/simulator/server/errors'
import { isRecord, parseJson } from '@/simulator/server/json'
import { meJson } from '@/simulator/server/updates'
import { notify, type World } from '@/simulator/server/world'
import type { Call, Method } from './call'
import { webAppUrl } from './markup'
import type { Params } from './params'

function refreshChats(world: World, bot: Bot): void {
  for (const chat of world.chats.values()) {
    if (chat.bot === bot) notify(world, { type: 'chat', person_id: chat.person.id, bot_id: bot.id })
  }
}

function scopeKey(params: Params): string {
  const parsed = parseJson(params.get('scope') || '{"type":"default"}')
  if (parsed === undefined) throw badRequest("can't parse BotCommandScope JSON object")
  const scope = parsed.value
  if (!isRecord(scope)) throw badRequest('BotCommandScope must be an Object')
  const type = typeof scope.type === 'string' ? scope.type : 'default'
  const chat = scope.chat_id === undefined ? '' : String(scope.chat_id)
  return [type, chat, params.get('language_code')].join('/')
}

function parseCommand(value: unknown): BotCommand {
  if (!isRecord(value)) throw badRequest('expected an Object with bot command')
  const { command, description } = value
  if (typeof command !== 'string')
    throw badRequest('can\'t parse BotCommand: Can\'t find field "command"')
  if (typeof description !== 'string') {
    throw badRequest('can\'t parse BotCommand: Can\'t find field "description"')
  }
  const name = command.replace(/^\//, '')
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw badRequest('BOT_COMMAND_INVALID')
  if (description.length < 1 || description.length > 256) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  return { command: name, description }
}

const setMyCommands: Method = ({ world, bot, params }) => {
  const raw = params.get('commands')
  const parsed = raw === '' ? { value: [] } : parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse commands JSON object")
  if (!Array.isArray(parsed.value)) throw badRequest('expected an Array of BotCommand')
  if (parsed.value.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  const commands = parsed.value.map(parseCommand)
  const key = scopeKey(params)
  if (commands.length === 0) bot.commands.delete(key)
  else bot.commands.set(key, commands)
  refreshChats(world, bot)
  return true
}

const deleteMyCommands: Method = ({ world, bot, params }) => {
  bot.commands.delete(scopeKey(params))
  refreshChats(world, bot)
  return true
}

const getMyCommands: Method = ({ bot, params }) => bot.commands.get(scopeKey(params)) ?? []

function parseMenuButton(raw: string): MenuButton {
  if (raw === '') return { type: 'default' }
  const parsed = parseJson(raw)
  if (parsed === undefined) throw badRequest("can't parse menu button JSON object")
  if (!isRecord(parsed.value))
    throw badRequest("can't parse menu button: MenuButton must be an Object")
  const { type, text, web_app } = parsed.value
  if (type === 'default' || type === 'commands') return { type }
  if (type !== 'web_app') {
    throw badRequest("can't parse menu button: MenuButton has unsupported type")
  }
  if (typeof text !== 'string' || text === '') {
    throw badRequest('can\'t parse menu button: Can\'t find field "text"')
  }
  if (!isRecord(web_app) || typeof web_app.url !== 'string') {
    throw badRequest('can\'t parse menu button: Can\'t find field "web_app"')
  }
  return { type, text, web_app: { url: webAppUrl(web_app.url) } }
}

/** undefined: the button of every chat. */
function menuChat({ world, params }: Call): number | undefined {
  if (!params.has('chat_id') || params.get('chat_id') === '') return undefined
  const id = Number(params.get('chat_id'))
  if (!Number.isSafeInteger(id) || id <= 0) throw badRequest('invalid chat_id specified')
  if (!world.people.has(id)) throw badRequest('user not found')
  return id
}

const setChatMenuButton: Method = (call) => {
  const person = menuChat(call)
  const button = parseMenuButton(call.params.get('menu_button'))
  const { bot, world } = call
  if (person === undefined) bot.menuButton = button
  else if (button.type === 'default') bot.menuButtons.delete(person)
  else bot.menuButtons.set(person, button)
  refreshChats(world, bot)
  return true
}

const getChatMenuButton: Method = (call) => {
  const person = menuChat(call)
  const own = person === undefined ? undefined : call.bot.menuButtons.get(person)
  return own ?? call.bot.menuButton ?? { type: 'default' }
}

/** setMyName, setMyDescription and their like store one text per language. */
function textSetter(name: string, max: number, error: string): Method {
  return ({ bot, params }) => {
    const text = params.get(name)
    if (text.length > max) throw badRequest(error)
    bot.descriptions.set(`${name}/${params.get('language_code')}`, text)
    return true
  }
}

function textGetter(name: string): Method {
  return ({ bot, params }) => {
    const own = bot.descriptions.get(`${name}/${params.get('language_code')}`)
    return { [name]: own ?? bot.descriptions.get(`${name}/`) ?? '' }
  }
}

export const profileMethods: Record<string, Method> = {
  getMe: ({ bot }) => meJson(bot),
  setMyCommands,
  deleteMyCommands,
  getMyCommands,
  setChatMenuButton,
  getChatMenuButton,
  setMyDescription: textSetter('description', 512, 'BOT_DESCRIPTION_TOO_LONG'),
  getMyDescription: textGetter('description'),
  setMyShortDescription: textSetter('short_description', 120, 'BOT_SHORT_DESCRIPTION_TOO_LONG'),
  getMyShortDescription: textGetter('short_description'),
}
