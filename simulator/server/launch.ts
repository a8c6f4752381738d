import type { Person } from '@/simulator/wire'
import type { Bot } from './bot'
import { chatOf } from './chats'
import { HttpError } from './errors'
import { type Fields, launchUrl, signInitData, userField } from './init-data'
import { randomSlug } from './random'
import { menuButtonOf } from './views'
import type { World } from './world'

export type LaunchRequest = {
  source: 'menu' | 'button' | 'link'
  url?: string | undefined
  startParam?: string | undefined
  platform: string
  themeParams: Record<string, string>
  /** How long ago the app was opened, for init data that has grown old. */
  ageSeconds?: number | undefined
}

/** Which address a launch loads: a button's own, else the menu button's. */
function baseUrl(world: World, bot: Bot, person: Person, request: LaunchRequest): string {
  if (request.source === 'button' && request.url !== undefined) return request.url
  const button = menuButtonOf(world, bot, person)
  return button.type === 'web_app' ? button.url : `${world.appUrl}/app`
}

function launchFields(world: World, bot: Bot, person: Person, request: LaunchRequest): Fields {
  const chat = chatOf(world, bot, person)
  const user: Fields[number] = [
    'user',
    userField({ ...person, allows_write_to_pm: chat.writeAllowed && !chat.blocked }),
  ]
  const date = String(world.clock.unix() - (request.ageSeconds ?? 0))
  const authDate: Fields[number] = ['auth_date', date]
  if (request.source !== 'link') return [['query_id', `AA${randomSlug(16)}`], user, authDate]
  const start: Fields = request.startParam ? [['start_param', request.startParam]] : []
  return [user, ['chat_instance', chat.chatInstance], ['chat_type', 'private'], ...start, authDate]
}

export function launch(
  world: World,
  bot: Bot,
  person: Person,
  request: LaunchRequest,
): { url: string; origin: string; initData: string } {
  const base = baseUrl(world, bot, person, request)
  const target = URL.canParse(base) ? new URL(base) : undefined
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    throw new HttpError(400, 'URL_INVALID', `Not an address a Mini App can have: ${base}`)
  }
  if (request.startParam !== undefined && !/^[\w-]{0,512}$/.test(request.startParam)) {
    throw new HttpError(
      400,
      'START_PARAM_INVALID',
      'A start parameter is A-Z a-z 0-9 _ -, 512 at most.',
    )
  }
  const fields = launchFields(world, bot, person, request)
  const initData = signInitData(bot.token, world.signingSeed, fields)
  const { platform, themeParams } = request
  const startParam = request.source === 'link' ? request.startParam : undefined
  const url = launchUrl(base, { initData, platform, themeParams, startParam })
  return { url, origin: target.origin, initData }
}
