import { startBotLogin } from '@/app/(web)/login/actions'
import { GET, POST } from '@/app/api/auth/[...nextauth]/route'
import { GET as poll } from '@/app/api/auth/code/route'
import { currentPerson } from '@/lib/auth/current-person'
import { receiveUpdate } from '@/lib/bot/webhook'
import { findLogin } from '@/lib/domain/logins/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { TestBrowser } from './next-request'
import { makeCallbackUpdate, makeDelivery, makeTextUpdate } from './telegram-requests'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
export const loginCookie = '__Host-starpass.login'

let addresses = 0

/** A browser that logs in by a code which somebody confirms in the bot. */
export class LoginBrowser extends TestBrowser {
  constructor() {
    // Limits are per address; every browser has its own.
    addresses += 1
    super({ 'x-forwarded-for': `10.1.0.${addresses}`, 'user-agent': chrome })
  }

  /** Asks for a code; gives the path it is shown at. */
  opens(): Promise<string> {
    return this.submits(() => startBotLogin(formWith('/plans')))
  }

  /** Does a form's action, which ends in a redirect; gives the path. */
  submits(work: () => Promise<void>, headers = {}): Promise<string> {
    return this.redirectOf(work, { method: 'POST', headers })
  }

  /** Where work redirects this browser to; anything else it throws goes on. */
  async redirectOf(work: () => Promise<unknown>, init = {}): Promise<string> {
    return this.within(this.request('/login', init), async () => {
      const error: unknown = await work().catch((thrown: unknown) => thrown)
      const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
      if (!digest.startsWith('NEXT_REDIRECT')) throw error
      return digest.split(';')[2] ?? ''
    })
  }

  async code(): Promise<string> {
    const login = await findLogin(this.cookies.get(loginCookie) ?? '')
    return login?.code ?? ''
  }

  async state(): Promise<string> {
    const response = await this.sends(this.request('/api/auth/code'), poll)
    return String((await response.json()).state)
  }

  /** Uses the code, as the page does once it is confirmed; gives the path it is sent to. */
  async finishes(): Promise<string> {
    const asked = this.request('/api/auth/csrf')
    const answer = await this.sends(asked, (r) => GET(r, paramsOf('/api/auth/csrf')))
    const { csrfToken } = await answer.json()
    const path = '/api/auth/callback/telegram-code'
    const body = new URLSearchParams({ csrfToken, callbackUrl: '/plans', json: 'true' })
    const request = this.request(path, { method: 'POST', body })
    const response = await this.sends(request, (r) => POST(r, paramsOf(path)))
    return String((await response.json()).url).replace(env().APP_URL, '')
  }

  whoIsIn(): Promise<PersonActor | null> {
    return this.within(this.request('/'), () => currentPerson())
  }

  /** Its code's time is over. */
  async expires(): Promise<void> {
    const data = { expiresAt: new Date(Date.now() - 1000) }
    await db().loginCode.update({ where: { code: await this.code() }, data })
  }
}

/** The person opens the code in the bot. */
export function follows(who: PersonActor, code: string): Promise<Response> {
  return tell(makeTextUpdate(who, `/start login-${code}`))
}

/** The person presses a button of the bot's question, or sends what that would send. */
export function presses(
  who: PersonActor,
  verb: 'confirmed' | 'denied',
  code: string,
): Promise<Response> {
  return tell(makeCallbackUpdate(who, `login:${verb}:${code}`))
}

export const tell = (update: unknown) => receiveUpdate(makeDelivery(update), (work) => void work())

export function formWith(callbackUrl: string): FormData {
  const data = new FormData()
  data.set('callbackUrl', callbackUrl)
  return data
}

const paramsOf = (path: string) => ({
  params: Promise.resolve({ nextauth: path.split('/').slice(3) }),
})
