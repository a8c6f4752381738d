import { cookies, headers } from 'next/headers'
import { openLogin } from '@/lib/domain/logins/open-login'
import { cookieOf, cookieOptions, loginCookieName, sessionCookieName } from './cookies'

/** Longer than a code is valid, so that the page can say that it has expired. */
const loginCookieSeconds = 900

/** Gives this browser a login to confirm in the bot, and the secret to finish it. Refuses: rate_limited. */
export async function beginBrowserLogin(address: string): Promise<void> {
  const asked = await headers()
  const { secret } = await openLogin({
    address,
    userAgent: asked.get('user-agent') ?? '',
    earlierSecret: cookieOf(asked, loginCookieName()),
  })
  const options = { ...cookieOptions(), maxAge: loginCookieSeconds }
  ;(await cookies()).set(loginCookieName(), secret, options)
}

/** Takes the session and any login under way from this browser. */
export async function forgetBrowser(): Promise<void> {
  const jar = await cookies()
  for (const name of [sessionCookieName(), loginCookieName()]) {
    jar.set(name, '', { ...cookieOptions(), maxAge: 0 })
  }
}
