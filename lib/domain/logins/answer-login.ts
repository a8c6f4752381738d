import type { PersonActor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { confirmedSecondsMin } from './rules'
import type { LoginAnswer } from './schema'
import { settle } from './store'
import { takeCode } from './take-code'

/**
 * A person says in the bot whether a browser may log in as them. Their first answer settles the
 * code. Refuses: rate_limited.
 */
export async function answerLogin(
  actor: PersonActor,
  code: string,
  answer: 'confirmed' | 'denied',
): Promise<LoginAnswer> {
  const { telegramUserId } = actor
  const at = await now()
  const login = await takeCode(actor, code, at)
  if (typeof login === 'string') return login

  const expiresAt = new Date(
    Math.max(login.expiresAt.getTime(), addSeconds(at, confirmedSecondsMin).getTime()),
  )
  if (!(await settle(code, { state: answer, telegramUserId, expiresAt }, at))) return 'used'
  log().info({ event: 'login_answered', outcome: answer, telegramUserId })
  return answer
}
