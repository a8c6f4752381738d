import { env } from '@/lib/platform/env'

/** Cookies are bound to HTTPS wherever the shop has it; next-auth goes by the same rule. */
const isSecure = () => env().APP_URL.startsWith('https://')

export const sessionCookieName = () => `${isSecure() ? '__Secure-' : ''}next-auth.session-token`

/** Holds the secret by which this browser finishes a login that is confirmed in the bot. */
export const loginCookieName = () => `${isSecure() ? '__Host-' : ''}starpass.login`

/** How each of our cookies is set; also needed to take one back. */
export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const

/** What next-auth keeps about one attempt; of no use once it failed. */
export const attemptCookieNames = () =>
  ['state', 'pkce.code_verifier', 'callback-url'].map(
    (name) => `${isSecure() ? '__Secure-' : ''}next-auth.${name}`,
  )

/** The value of a cookie in a request. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  try {
    return value === undefined ? undefined : decodeURIComponent(value)
  } catch {
    return undefined
  }
}
