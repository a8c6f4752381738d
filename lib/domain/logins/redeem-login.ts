import { now } from '@/lib/platform/clock'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { hashBrowserSecret } from './browser-secret'
import { takeConfirmed } from './store'

/**
 * The Telegram id of the person who let this browser in, once. Undefined while nobody did, and for
 * every later call.
 */
export async function redeemLogin(secret: string): Promise<number | undefined> {
  const browserHash = hashBrowserSecret(secret)
  if (!(await takeAttempt('login_polls', browserHash)).allowed) return undefined
  return takeConfirmed(browserHash, await now())
}
