import {
  allowWriting,
  chatOf,
  editAsPerson,
  pressButton,
  sendAsPerson,
  setBlocked,
} from '@/simulator/server/chats'
import { parse, type Route, route } from '@/simulator/server/http'
import { launch } from '@/simulator/server/launch'
import { addPerson, botById, personById } from '@/simulator/server/people'
import { messagesView, messageView } from '@/simulator/server/views'
import { notify } from '@/simulator/server/world'
import { number, personOf } from './query'
import * as schemas from './schemas'

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
  route('POST', '/control/edits', ({ world, body }) => {
    const { person_id, bot_id, message_id, text } = parse(schemas.edit, body)
    const chat = chatOf(world, botById(world, bot_id), personById(world, person_id))
    return messageView(editAsPerson(world, chat, message_id, text))
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

export const peopleRoutes: Route[] = [...people, ...chats]
