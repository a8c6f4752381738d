import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { log } from '@/lib/platform/log'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { confirmedSecondsMin, decideState } from './rules'
import type { LoginAnswer } from './schema'
import { loadByCode, settle } from './store'

/**
 * A person says in the bot whether a browser may log in as them. The first answer settles the code.
 * Refuses: rate_limited.
 */
export async function answerLogin(
  actor: PersonActor,
  code: string,
  answer: 'confirmed' | 'denied',
): Promise<LoginAnswer> {
  const { telegramUserId } = actor
  const verdict = await takeAttempt('login_answers', String(telegramUserId))
  if (!verdict.allowed) throw new Refusal('rate_limited', undefined, verdict.retryAfterSeconds)
  const at = await now()
  const row = await loadByCode(code)
  if (!row || decideState(row, at) === 'expired') return 'expired'

  const expiresAt = new Date(
    Math.max(row.expiresAt.getTime(), addSeconds(at, confirmedSecondsMin).getTime()),
  )
  if (!(await settle(code, { state: answer, telegramUserId, expiresAt }, at))) return 'used'
  log().info({ event: 'login_answered', outcome: answer, telegramUserId })
  return answer
}
