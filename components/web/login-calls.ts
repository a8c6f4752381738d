import type { LoginState } from '@/lib/domain/logins/schema'

/** What the login page asks of our server. Each may reject: the network may be gone. */

/** Where this browser's login stands. */
export async function askState(): Promise<LoginState> {
  const response = await fetch('/api/auth/code', { cache: 'no-store' })
  if (!response.ok) throw new Error(`the login state is not known: ${response.status}`)
  return await textIn<LoginState>(response, 'state')
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
  const csrfToken = await textIn(asked, 'csrfToken')
  const response = await fetch(path, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl, json: 'true' }),
  })
  if (response.status === 429) return '/login?error=rate_limited'
  return await textIn(response, 'url')
}

/** Our server writes it from a schema; what stands between may answer with something of its own. */
async function textIn<T extends string>(response: Response, name: string): Promise<T> {
  const body: Record<string, unknown> = await response.json()
  const text = body[name]
  if (typeof text !== 'string') throw new Error(`the answer has no ${name}: ${response.status}`)
  return text as T
}
