import { randomInt } from 'node:crypto'
import type { Person } from '@/simulator/wire'
import type { Bot } from './bot'
import { Outbox } from './delivery/outbox'
import { Polling } from './delivery/polling'
import { HttpError } from './errors'
import { fateOf } from './faults'
import { observeQueues } from './observer'
import { notify, type World } from './world'

export type NewPerson = {
  id?: number | undefined
  first_name?: string | undefined
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
  stars?: number | undefined
}

/** Three people to begin with; the last has an id of 52 bits, as Telegram may hand out. */
export const DEFAULT_PEOPLE: NewPerson[] = [
  {
    id: 279_058_397,
    first_name: 'Ann',
    last_name: 'Lee',
    username: 'ann_lee',
    language_code: 'en',
    stars: 5000,
  },
  { id: 5_204_511_405, first_name: 'Ben', language_code: 'en', stars: 100 },
  {
    id: 4_503_599_627_370_495,
    first_name: 'Ольга',
    username: 'olga_k',
    language_code: 'ru',
    stars: 10_000,
  },
]

export function addPerson(world: World, input: NewPerson): Person {
  let id = input.id
  if (id !== undefined && world.people.has(id)) {
    throw new HttpError(409, 'PERSON_EXISTS', `There is a person with the id ${id} already.`)
  }
  // Above 32 bits on purpose: a column that is too narrow must not survive the first person.
  while (id === undefined || world.people.has(id)) id = randomInt(2 ** 33, 2 ** 47)
  const person: Person = {
    id,
    first_name: input.first_name ?? `Person ${world.people.size + 1}`,
    ...(input.last_name ? { last_name: input.last_name } : {}),
    ...(input.username ? { username: input.username } : {}),
    ...(input.language_code ? { language_code: input.language_code } : {}),
    stars: input.stars ?? 1000,
  }
  world.people.set(id, person)
  notify(world, { type: 'people' })
  return person
}

export function addBot(world: World, token: string, username: string, firstName: string): Bot {
  const id = Number(/^([1-9]\d*):./.exec(token)?.[1])
  if (!Number.isSafeInteger(id) || id >= 2 ** 54) {
    throw new HttpError(
      400,
      'TOKEN_INVALID',
      'A bot token looks like 7000000001:AbC, id and secret.',
    )
  }
  if (world.bots.has(id)) throw new HttpError(409, 'BOT_EXISTS', `There is a bot ${id} already.`)
  const outbox = new Outbox(world.clock)
  outbox.fate = (type) => fateOf(world.faults, type)
  outbox.onChange = () => observeQueues(world)
  const bot: Bot = {
    id,
    token,
    username,
    firstName,
    commands: new Map(),
    menuButton: undefined,
    menuButtons: new Map(),
    descriptions: new Map(),
    nextMessageId: 1,
    milliStars: 0,
    transactions: [],
    outbox,
    polling: new Polling(world.clock, outbox),
    webhook: undefined,
    lastSetWebhook: Number.NEGATIVE_INFINITY,
    supersede: undefined,
  }
  world.bots.set(id, bot)
  notify(world, { type: 'people' })
  return bot
}

export function personById(world: World, id: number): Person {
  const person = world.people.get(id)
  if (person === undefined) throw new HttpError(404, 'PERSON_UNKNOWN', `There is no person ${id}.`)
  return person
}

/** Without an id: the bot of the environment. */
export function botById(world: World, id: number | undefined): Bot {
  const [first] = world.bots.values()
  const bot = id === undefined ? first : world.bots.get(id)
  if (bot === undefined) throw new HttpError(404, 'BOT_UNKNOWN', `There is no bot ${id}.`)
  return bot
}
