import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { log } from '@/lib/platform/log'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { decideTurn, type StoredLogin } from './rules'
import type { LoginQuestion, LoginRefusal } from './schema'
import { bind, contest, loadByCode } from './store'

/**
 * A person comes with a code: the first one it is bound to. Anybody else ends it, confirmed or not,
 * as long as no browser used it: nobody can tell which of them sits at the browser, and it must not
 * be logged in as the other. Refuses: rate_limited.
 */
export async function takeCode(
  actor: PersonActor,
  code: string,
  at: Date,
): Promise<(StoredLogin & LoginQuestion) | LoginRefusal> {
  const { telegramUserId } = actor
  const verdict = await takeAttempt('login_answers', String(telegramUserId))
  if (!verdict.allowed) throw new Refusal('rate_limited', undefined, verdict.retryAfterSeconds)

  await bind(code, telegramUserId, at)
  if (await contest(code, telegramUserId, at)) {
    log().warn({ event: 'login_contested', outcome: 'refused', telegramUserId })
  }
  const login = await loadByCode(code)
  if (!login) return 'expired'
  const turn = decideTurn(login, telegramUserId, at)
  return turn === 'open' ? login : turn
}
