import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { hashBrowserSecret } from './browser-secret'
import { decideState } from './rules'
import type { LoginCodeDto } from './schema'
import { loadByBrowser } from './store'

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
