import type { Bot } from '@/simulator/server/bot'
import type { World } from '@/simulator/server/world'
import { execute } from './methods'
import { bodyMembers, Params } from './params'

const FORBIDDEN = new Set(['deletewebhook', 'setwebhook', 'close', 'logout'])

/** A method called by the body of a webhook's answer: whatever comes of it, nobody is told. */
export async function runReply(
  world: World,
  bot: Bot,
  isTest: boolean,
  contentType: string,
  body: Buffer,
): Promise<string | undefined> {
  const params = new Params()
  params.add(await bodyMembers(contentType, body))
  const method = params.get('method')
  const name = method.toLowerCase()
  if (name === '' || FORBIDDEN.has(name) || name.startsWith('get')) return undefined
  await execute({ world, bot, params, isTest, signal: undefined }, method, 'webhook_reply')
  return method
}
