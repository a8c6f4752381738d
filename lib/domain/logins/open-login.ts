import { randomBytes } from 'node:crypto'
import { Refusal } from '@/lib/kit/errors'
import { invariant } from '@/lib/kit/invariant'
import { addDays, addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { hashBrowserSecret, newBrowserSecret } from './browser-secret'
import { codeFrom, codeSeconds, describeBrowser } from './rules'
import { replaceLogin } from './store'

export type Visitor = {
  /** The network address the browser comes from. */
  address: string
  userAgent: string
  /** The secret of this browser's earlier login, which ends here. */
  earlierSecret?: string | undefined
}

/**
 * Opens a login that waits to be confirmed in the bot, and gives the secret by which only this
 * browser can finish it. Anybody may. Refuses: rate_limited.
 */
export async function openLogin(visitor: Visitor): Promise<{ secret: string }> {
  const verdict = await takeAttempt('logins', visitor.address)
  if (!verdict.allowed) throw new Refusal('rate_limited', undefined, verdict.retryAfterSeconds)
  const at = await now()
  const secret = newBrowserSecret()
  const code = codeFrom(randomBytes(64))
  invariant(code, '64 random bytes hold a code')

  await replaceLogin(
    {
      code,
      browserHash: hashBrowserSecret(secret),
      browser: describeBrowser(visitor.userAgent),
      now: at,
      expiresAt: addSeconds(at, codeSeconds),
    },
    visitor.earlierSecret && hashBrowserSecret(visitor.earlierSecret),
    addDays(at, -1),
  )
  return { secret }
}
