import { z } from 'zod'
import { type LoginState, loginState } from '@/lib/domain/logins/schema'

/** What the login page asks of our server. Each may reject: the network may be gone. */

const csrf = z.object({ csrfToken: z.string() })
const onward = z.object({ url: z.string() })
const poll = z.object({ state: loginState })

/** Where this browser's login stands. */
export async function askState(): Promise<LoginState> {
  const response = await fetch('/api/auth/code', { cache: 'no-store' })
  if (!response.ok) throw new Error(`the login state is not known: ${response.status}`)
  return poll.parse(await response.json()).state
}

/** Begins Log in with Telegram; gives the address to go to. */
export function beginTelegramLogin(callbackUrl: string): Promise<string> {
  return post('/api/auth/signin/telegram', callbackUrl)
}

/** Finishes a login that was confirmed in the bot; gives the address to go to. */
export async function finishBotLogin(callbackUrl: string): Promise<string> {
  const onward = new URL(
    await post('/api/auth/callback/telegram-code', callbackUrl),
    window.location.href,
  )
  if (onward.pathname === loginPath) onward.searchParams.set('callbackUrl', callbackUrl)
  return `${onward.pathname}${onward.search}${onward.hash}`
}

export const loginPath = '/login'

/** The login page, from where our server leads on whoever is logged in. */
export function loginPathFor(callbackUrl: string): string {
  return `${loginPath}?${new URLSearchParams({ callbackUrl })}`
}

async function post(path: string, callbackUrl: string): Promise<string> {
  const asked = await fetch('/api/auth/csrf', { cache: 'no-store' })
  const { csrfToken } = csrf.parse(await asked.json())
  const response = await fetch(path, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl, json: 'true' }),
  })
  if (response.status === 429) return '/login?error=rate_limited'
  return onward.parse(await response.json()).url
}
