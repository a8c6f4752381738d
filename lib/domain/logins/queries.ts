import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { hashBrowserSecret } from './browser-secret'
import { decideState } from './rules'
import type { LoginCodeDto, LoginQuestion } from './schema'
import { loadByBrowser, loadByCode } from './store'

/** The login of the browser that holds this secret; null when there is none. */
export async function findLogin(secret: string): Promise<LoginCodeDto | null> {
  const row = await loadByBrowser(hashBrowserSecret(secret))
  if (!row) return null
  const at = await now()
  const secondsLeft = Math.max(0, Math.floor((row.expiresAt.getTime() - at.getTime()) / 1000))
  return { code: row.code, state: decideState(row, at), secondsLeft }
}

/** The same for a browser that keeps asking. Refuses: rate_limited. */
export async function pollLogin(secret: string): Promise<LoginCodeDto | null> {
  const verdict = await takeAttempt('login_polls', hashBrowserSecret(secret))
  if (!verdict.allowed) throw new Refusal('rate_limited', undefined, verdict.retryAfterSeconds)
  return findLogin(secret)
}

/** What to ask the person who opened a code in the bot. Refuses: rate_limited. */
export async function findLoginQuestion(
  actor: PersonActor,
  code: string,
): Promise<LoginQuestion | 'used' | 'expired'> {
  const verdict = await takeAttempt('login_answers', String(actor.telegramUserId))
  if (!verdict.allowed) throw new Refusal('rate_limited', undefined, verdict.retryAfterSeconds)
  const row = await loadByCode(code)
  const state = row ? decideState(row, await now()) : 'expired'
  if (!row || state === 'expired') return 'expired'
  if (state !== 'pending') return 'used'
  return { code: row.code, browser: row.browser, askedAt: row.askedAt }
}
