import '@/lib/testing/next-runtime'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBotLogin } from '@/app/(web)/login/actions'
import { GET, POST } from '@/app/api/auth/[...nextauth]/route'
import { GET as poll } from '@/app/api/auth/code/route'
import { currentPerson } from '@/lib/auth/current-person'
import { receiveUpdate } from '@/lib/bot/webhook'
import { findLogin } from '@/lib/domain/logins/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { loginBotMessages } from '@/lib/messages/login'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { TestBrowser } from '@/lib/testing/next-request'
import { makeCallbackUpdate, makeDelivery, makeTextUpdate } from '@/lib/testing/telegram-requests'
import { endSession, endSessions } from '@/lib/web/login-actions'

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const loginCookie = '__Host-starpass.login'
const { outcomes } = loginBotMessages

let api: FakeBotApi
let browser: TestBrowser
let ann: PersonActor
let addresses = 0

const newBrowser = () => {
  addresses += 1
  return new TestBrowser({ 'x-forwarded-for': `10.1.0.${addresses}`, 'user-agent': chrome })
}
const params = (path: string) => ({
  params: Promise.resolve({ nextauth: path.split('/').slice(3) }),
})

/** Does a form's action, which ends in a redirect; gives the path. */
const submits = async (work: () => Promise<void>, by = browser, headers = {}) => {
  const request = by.request('/login', { method: 'POST', headers })
  return by.within(request, async () => {
    const error: unknown = await work().catch((thrown: unknown) => thrown)
    const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
    if (!digest.startsWith('NEXT_REDIRECT')) throw error
    return digest.split(';')[2] ?? ''
  })
}
const form = (callbackUrl: string) => {
  const data = new FormData()
  data.set('callbackUrl', callbackUrl)
  return data
}
const opens = (by = browser) => submits(() => startBotLogin(form('/plans')), by)
const codeOf = async (by = browser) => {
  const login = await findLogin(by.cookies.get(loginCookie) ?? '')
  return login?.code ?? ''
}
const stateOf = async (by = browser) =>
  (await (await by.sends(by.request('/api/auth/code'), poll)).json()).state
const finishes = async (by = browser) => {
  const asked = by.request('/api/auth/csrf')
  const { csrfToken } = await (
    await by.sends(asked, (r) => GET(r, params('/api/auth/csrf')))
  ).json()
  const path = '/api/auth/callback/telegram-code'
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/plans', json: 'true' })
  const request = by.request(path, { method: 'POST', body })
  const response = await by.sends(request, (r) => POST(r, params(path)))
  return String((await response.json()).url).replace(env().APP_URL, '')
}
const whoIsIn = (by = browser) => by.within(by.request('/'), () => currentPerson())
const tell = (update: unknown) => receiveUpdate(makeDelivery(update), (work) => void work())
const follows = (who: PersonActor, code: string) =>
  tell(makeTextUpdate(who, `/start login-${code}`))
const presses = (who: PersonActor, verb: 'confirmed' | 'denied', code: string) =>
  tell(makeCallbackUpdate(who, `login:${verb}:${code}`))
/** What the last change of a message made of it. */
const edited = () => api.calls.findLast((call) => call.method === 'editMessageText')?.params.text
const expires = (by = browser) => {
  const past = { expiresAt: new Date(Date.now() - 1000) }
  return codeOf(by).then((code) => db().loginCode.update({ where: { code }, data: past }))
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  browser = newBrowser()
  ann = makePerson()
})

describe('a login that is confirmed in the bot', () => {
  it('shows the same code and the browser in the bot, and warns before it asks', async () => {
    expect(await opens()).toBe('/login?callbackUrl=%2Fplans')
    const code = await codeOf()
    await follows(ann, code)
    const question = api.calls.find((call) => call.method === 'sendMessage')?.params
    expect(question?.text).toContain(`${code.slice(0, 4)}-${code.slice(4)}`)
    expect(question?.text).toContain('Chrome on Windows')
    expect(question?.text).toContain('Only confirm if you opened this page yourself just now')
    expect(JSON.stringify(question?.reply_markup)).toContain(`login:confirmed:${code}`)
  })

  it('logs in the browser that holds the secret as the person who confirmed', async () => {
    await opens()
    expect(await stateOf()).toBe('pending')
    expect(await finishes()).toBe('/login?error=not_confirmed')
    await follows(ann, await codeOf())
    await presses(ann, 'confirmed', await codeOf())
    expect(edited()).toBe(outcomes.confirmed)
    expect(await stateOf()).toBe('confirmed')
    expect(await finishes()).toBe('/plans')
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann.telegramUserId })
    expect(
      await db().user.findUnique({ where: { telegramUserId: ann.telegramUserId } }),
    ).toMatchObject({ reachable: 'yes', firstName: ann.firstName })
  })

  it('keeps only the hash of a secret that no script can read', async () => {
    await opens()
    const secret = browser.cookies.get(loginCookie) ?? ''
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(
      JSON.stringify(await db().loginCode.findMany({ omit: { telegramUserId: true } })),
    ).not.toContain(secret)
  })

  it('is used once, also by two tabs at the same moment', async () => {
    await opens()
    await presses(ann, 'confirmed', await codeOf())
    const tab = new TestBrowser(browser.headers)
    for (const [name, value] of browser.cookies) tab.cookies.set(name, value)
    const ends = await Promise.all([finishes(), finishes(tab)])
    expect(ends.sort()).toEqual(['/login?error=not_confirmed', '/plans'])
    expect(await stateOf()).toBe('used')
  })

  it('is of no use to another browser that knows the code', async () => {
    await opens()
    await presses(ann, 'confirmed', await codeOf())
    const mallory = newBrowser()
    expect(await stateOf(mallory)).toBe('expired')
    for (const guess of ['', 'x', await codeOf(), 'A'.repeat(43)]) {
      mallory.cookies.set(loginCookie, guess)
      expect(await finishes(mallory)).toBe('/login?error=not_confirmed')
      expect(await whoIsIn(mallory)).toBeNull()
    }
    expect(await finishes()).toBe('/plans')
  })

  it('is settled by the first who answers; a second person hears that it is used', async () => {
    const ben = makePerson()
    await opens()
    const code = await codeOf()
    await follows(ben, code)
    await presses(ann, 'confirmed', code)
    await presses(ben, 'confirmed', code)
    expect(edited()).toBe(outcomes.used)
    await presses(ben, 'denied', code)
    expect(edited()).toBe(outcomes.used)
    await follows(ben, code)
    expect(api.texts().at(-1)).toBe(outcomes.used)
    await finishes()
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann.telegramUserId })
  })

  it('has one winner among many who answer at once', async () => {
    await opens()
    const code = await codeOf()
    const crowd = Array.from({ length: 12 }, () => makePerson())
    await Promise.all(crowd.map((each) => presses(each, 'confirmed', code)))
    const texts = api.calls.filter((call) => call.method === 'editMessageText')
    expect(texts.filter(({ params: { text } }) => text === outcomes.confirmed)).toHaveLength(1)
  })

  it('cannot be confirmed after its time, nor opened', async () => {
    await opens()
    const code = await codeOf()
    await expires()
    await follows(ann, code)
    expect(api.texts()).toEqual([outcomes.expired])
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.expired)
    expect(await stateOf()).toBe('expired')
    expect(await finishes()).toBe('/login?error=not_confirmed')
  })

  it('that is confirmed is not good for ever', async () => {
    await opens()
    await presses(ann, 'confirmed', await codeOf())
    await expires()
    expect(await finishes()).toBe('/login?error=not_confirmed')
  })

  it('gives a yes in the last second a minute to arrive', async () => {
    await opens()
    const code = await codeOf()
    await db().loginCode.update({
      where: { code },
      data: { expiresAt: new Date(Date.now() + 900) },
    })
    await presses(ann, 'confirmed', code)
    const row = await db().loginCode.findUniqueOrThrow({ where: { code } })
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 50_000)
  })

  it('ends with a no', async () => {
    await opens()
    await presses(ann, 'denied', await codeOf())
    expect(edited()).toBe(outcomes.denied)
    expect(await stateOf()).toBe('denied')
    expect(await finishes()).toBe('/login?error=not_confirmed')
  })

  it('of a browser is one: asking again ends the code before', async () => {
    await opens()
    const [code, secret] = [await codeOf(), browser.cookies.get(loginCookie)]
    await opens()
    expect(browser.cookies.get(loginCookie)).not.toBe(secret)
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.expired)
    expect(await stateOf()).toBe('pending')
  })

  it('does not take over a browser in which somebody else is logged in', async () => {
    await opens()
    await presses(ann, 'confirmed', await codeOf())
    await finishes()
    await opens()
    await presses(makePerson(), 'confirmed', await codeOf())
    expect(await finishes()).toBe('/login?error=another_person')
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann.telegramUserId })
  })

  it('refuses a person who is banned', async () => {
    await opens()
    await follows(ann, await codeOf())
    const { telegramUserId } = ann
    await db().user.update({ where: { telegramUserId }, data: { bannedAt: new Date() } })
    await presses(ann, 'confirmed', await codeOf())
    expect(await finishes()).toBe('/login?error=banned')
    expect(await whoIsIn()).toBeNull()
  })
})

describe('codes in the bot', () => {
  it.each(['x', 'OOOOOOOO', '2222222', '222222222', "'; drop", '%', 'ÄÄÄÄÄÄÄÄ'])(
    'that are none get a helpful answer: login-%s',
    async (code) => {
      await follows(ann, code)
      expect(api.texts()).toEqual([outcomes.expired])
    },
  )

  it('may be typed in any case, with or without the hyphen', async () => {
    await opens()
    const code = (await codeOf()).toLowerCase()
    await follows(ann, `${code.slice(0, 4)}-${code.slice(4)}`)
    expect(api.texts()[0]).toContain('Chrome on Windows')
  })

  it('cannot be tried out: the eleventh attempt of a person is refused', async () => {
    await opens()
    for (let i = 0; i < 10; i++) await follows(ann, '22222222')
    await follows(ann, await codeOf())
    expect(api.texts().at(-1)).toBe(outcomes.rate_limited)
    await presses(ann, 'confirmed', await codeOf())
    expect(edited()).toBe(outcomes.rate_limited)
    expect(await stateOf()).toBe('pending')
  })

  it('leave every other /start as it was', async () => {
    await tell(makeTextUpdate(ann, '/start'))
    await tell(makeTextUpdate(ann, '/start login'))
    expect(api.texts()).toHaveLength(2)
    expect(api.texts().every((text) => String(text).startsWith('Hello'))).toBe(true)
  })
})

describe('the forms of the login page', () => {
  it('do nothing for another site', async () => {
    const evil = { origin: 'https://evil.example' }
    const target = await submits(() => startBotLogin(form('/plans')), browser, evil)
    expect(target).toBe('/login?callbackUrl=%2Fplans&error=forbidden_origin')
    expect(browser.cookies.size).toBe(0)
  })

  it('are limited per address', async () => {
    for (let i = 0; i < 40; i++) await opens()
    expect(await opens()).toContain('error=rate_limited')
  })

  it('log out here, or everywhere', async () => {
    const other = newBrowser()
    for (const each of [browser, other]) {
      await opens(each)
      await presses(ann, 'confirmed', await codeOf(each))
      await finishes(each)
    }
    const within = (by: TestBrowser, work: () => Promise<string>) =>
      by.within(by.request('/login', { method: 'POST' }), work)
    const evil = browser.request('/login', { method: 'POST', headers: { origin: 'null' } })
    expect(await browser.within(evil, endSessions)).toBe('/login?error=forbidden_origin')
    expect(await whoIsIn()).not.toBeNull()
    const kept = new Map(other.cookies)
    expect(await within(browser, endSession)).toBe('/')
    expect([...browser.cookies.keys()].filter((name) => /session|login/.test(name))).toEqual([])
    expect(await whoIsIn()).toBeNull()
    expect(await whoIsIn(other)).not.toBeNull()
    await within(other, endSessions)
    for (const [name, value] of kept) other.cookies.set(name, value)
    expect(await whoIsIn(other)).toBeNull()
  })
})
