import type { PersonActor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import type { LoginQuestion, LoginRefusal } from './schema'
import { takeCode } from './take-code'

/** What to ask the person who opened a code in the bot, or why not. Refuses: rate_limited. */
export async function askLogin(
  actor: PersonActor,
  code: string,
): Promise<LoginQuestion | LoginRefusal> {
  const login = await takeCode(actor, code, await now())
  if (typeof login === 'string') return login
  return { code: login.code, browser: login.browser, askedAt: login.askedAt }
}
