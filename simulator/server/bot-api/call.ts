import type { Bot } from '@/simulator/server/bot'
import { chatOf } from '@/simulator/server/chats'
import { ApiError, badRequest } from '@/simulator/server/errors'
import type { ChatRecord, World } from '@/simulator/server/world'
import type { Params } from './params'

export type Call = {
  world: World
  bot: Bot
  params: Params
  /** Made under `/test/`, where subscription periods are a minute or five. */
  isTest: boolean
  /** Aborted when the caller hangs up. */
  signal: AbortSignal | undefined
}

/** An answer that carries more than a result. */
export class Described {
  readonly result: unknown
  readonly description: string

  constructor(result: unknown, description: string) {
    this.result = result
    this.description = description
  }
}

/** Already encoded JSON, such as updates that must look the same however they are fetched. */
export class Raw {
  readonly json: string

  constructor(json: string) {
    this.json = json
  }
}

export type Method = (call: Call) => unknown

export function chatById({ world, bot }: Call, raw: string): ChatRecord {
  if (raw === '') throw badRequest('chat_id is empty')
  const person = /^-?\d+$/.test(raw.trim())
    ? world.people.get(Number(raw))
    : [...world.people.values()].find(
        ({ username }) =>
          username !== undefined && `@${username}`.toLowerCase() === raw.toLowerCase(),
      )
  if (person === undefined) throw badRequest('chat not found')
  return chatOf(world, bot, person)
}

/** The chat of `chat_id`, if the bot may write into it. */
export function writableChat(call: Call): ChatRecord {
  const raw = call.params.get('chat_id').trim()
  if (/^\d+$/.test(raw) && call.world.bots.has(Number(raw))) {
    throw new ApiError(403, "Forbidden: the bot can't send messages to the bot")
  }
  const chat = chatById(call, raw)
  if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user')
  if (!chat.writeAllowed) {
    throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user")
  }
  return chat
}
