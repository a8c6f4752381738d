import '@/lib/testing/next-runtime'

import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GET, POST } from '@/app/api/auth/[...nextauth]/route'
import { GET as getMyEntitlements } from '@/app/api/v1/me/entitlements/route'
import { POST as sendInvoice } from '@/app/api/v1/telegram/payment/send-invoice/route'
import { currentPerson, currentViewer } from '@/lib/auth/current-person'
import { db } from '@/lib/platform/db'
import { botId, env } from '@/lib/platform/env'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { makeInitData } from '@/lib/testing/init-data'
import { TestBrowser } from '@/lib/testing/next-request'
import { type OidcIssuer, signHs256, startOidcIssuer, type Token } from '@/lib/testing/oidc-issuer'

const secret = 'login-client-secret'
let issuer: OidcIssuer
let api: FakeBotApi
let browser: TestBrowser
let people = 8_000_000_000
let ann = 0

const params = (path: string) => ({
  params: Promise.resolve({ nextauth: path.split('?')[0]?.split('/').slice(3) ?? [] }),
})
const get = (path: string, by = browser) =>
  by.sends(by.request(path), (request) => GET(request, params(request.nextUrl.pathname)))
const post = (path: string, form: Record<string, string>, by = browser, headers = {}) => {
  const body = new URLSearchParams(form)
  return by.sends(by.request(path, { method: 'POST', body, headers }), (request) =>
    POST(request, params(request.nextUrl.pathname)),
  )
}
const csrf = async (by = browser) => {
  const { csrfToken } = await (await get('/api/auth/csrf', by)).json()
  return String(csrfToken)
}
const begin = async (by = browser, callbackUrl = '/plans') => {
  const form = { csrfToken: await csrf(by), callbackUrl, json: 'true' }
  const { url } = await (await post('/api/auth/signin/telegram', form, by)).json()
  return String(url)
}
/** Where the browser is sent, as a path of ours. */
const sentTo = (response: Response) => {
  const url = new URL(response.headers.get('location') ?? 'missing:')
  expect(url.origin).toBe(env().APP_URL)
  return `${url.pathname}${url.search}`
}
const pathOf = (url: URL) => `${url.pathname}${url.search}`
const logIn = async (by = browser, person = ann) =>
  get(pathOf(issuer.agrees(await begin(by), person)), by)
const whoIsIn = (by = browser) => by.within(by.request('/account'), () => currentPerson())
const callMyEntitlements = (by = browser, headers = {}) => {
  const request = by.request('/api/v1/me/entitlements', { headers })
  return getMyEntitlements(request, { params: Promise.resolve({}) })
}
const sessionName = '__Secure-next-auth.session-token'

beforeAll(async () => {
  api = await startFakeBotApi()
  issuer = await startOidcIssuer({ id: String(botId()), secret })
  env().TELEGRAM_API_ROOT = api.url
  env().TELEGRAM_LOGIN_ISSUER = issuer.url
  env().TELEGRAM_LOGIN_CLIENT_SECRET = secret
})
afterAll(() => Promise.all([issuer.close(), api.close()]))
beforeEach(() => {
  issuer.behaves()
  ann = people += 1
  // Limits are per address; every test comes from its own.
  browser = new TestBrowser({ 'x-forwarded-for': `10.0.${people % 200}.${people % 250}` })
})

describe('log in with Telegram', () => {
  it('asks with code, PKCE, state and the scope that lets the bot write', async () => {
    const asked = new URL(await begin())
    expect(asked.origin + asked.pathname).toBe(`${issuer.url}/auth`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      client_id: String(botId()),
      response_type: 'code',
      redirect_uri: `${env().APP_URL}/api/auth/callback/telegram`,
      scope: 'openid profile telegram:bot_access',
      code_challenge_method: 'S256',
    })
    expect(asked.searchParams.get('state')).toMatch(/^[\w-]{43}$/)
    expect(asked.searchParams.has('nonce')).toBe(false)
  })

  it('logs the person of the id claim in, never of sub, and leads on', async () => {
    expect(sentTo(await logIn())).toBe('/plans')
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann, firstName: 'Ann Example' })
    expect(await db().user.count({ where: { telegramUserId: 8123456789012345678n } })).toBe(0)
  })

  it('ends at the same user as the Mini App, whose names it keeps', async () => {
    const miniApp = new Request('https://plans.test/api', {
      method: 'POST',
      headers: { authorization: `tma ${makeInitData({ telegramUserId: ann, firstName: 'Anna' })}` },
      body: JSON.stringify({ plan_code: 'gold_1m' }),
    })
    expect((await sendInvoice(miniApp, { params: Promise.resolve({}) })).status).toBe(201)
    await logIn()
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann, firstName: 'Anna' })
    expect(await db().user.count({ where: { telegramUserId: ann } })).toBe(1)
  })

  it('notes that the bot may write where the person agreed to that, and only there', async () => {
    const reachable = async () =>
      (await db().user.findUniqueOrThrow({ where: { telegramUserId: ann } })).reachable
    issuer.grantsScope('openid profile')
    await logIn()
    expect(await reachable()).toBe('unknown')
    issuer.grantsScope('openid profile telegram:bot_access')
    await logIn()
    expect(await reachable()).toBe('yes')
  })

  it('is not offered without a client secret', async () => {
    env().TELEGRAM_LOGIN_CLIENT_SECRET = undefined
    expect(Object.keys(await (await get('/api/auth/providers')).json())).toEqual(['telegram-code'])
    env().TELEGRAM_LOGIN_CLIENT_SECRET = secret
    const both = Object.keys(await (await get('/api/auth/providers')).json())
    expect(both).toEqual(['telegram', 'telegram-code'])
  })
})

describe('an answer that does not fit is refused with its own page', () => {
  const claims = (changed: object) => (token: Token) => ({
    ...token,
    claims: { ...token.claims, ...changed },
  })
  const soon = () => Math.floor(Date.now() / 1000)
  it.each<[string, (token: Token) => Token, string]>([
    ['another issuer', claims({ iss: 'https://evil.example' }), 'wrong_issuer'],
    ['another audience', claims({ aud: 'somebody' }), 'wrong_audience'],
    ["another bot's token", claims({ aud: '7000000002' }), 'wrong_audience'],
    [
      'two audiences, made for the other',
      claims({ aud: ['7000000002', '7000000001'], azp: '7000000002' }),
      'wrong_audience',
    ],
    ['no audience', claims({ aud: undefined }), 'wrong_audience'],
    ['an expired token', claims({ iat: soon() - 7200, exp: soon() - 3600 }), 'token_expired'],
    ['a token of the future', claims({ nbf: soon() + 3600 }), 'token_expired'],
    [
      'no signature at all',
      (token) => ({ ...token, header: { alg: 'none' }, sign: () => Buffer.alloc(0) }),
      'wrong_algorithm',
    ],
    [
      'HS256 with the client secret',
      (token) => ({ ...token, header: { alg: 'HS256' }, sign: signHs256(secret) }),
      'wrong_algorithm',
    ],
    [
      'HS256 with the public key',
      (token) => ({ ...token, header: { alg: 'HS256' }, sign: signHs256(issuer.publicKey) }),
      'wrong_algorithm',
    ],
    [
      'ES256',
      (token) => ({ ...token, header: { ...token.header, alg: 'ES256' } }),
      'wrong_algorithm',
    ],
    [
      'a broken signature',
      (token) => ({ ...token, sign: () => Buffer.alloc(256, 7) }),
      'wrong_signature',
    ],
    [
      'an unknown key',
      (token) => ({ ...token, header: { ...token.header, kid: 'other' } }),
      'wrong_signature',
    ],
    ['no person', claims({ id: undefined }), 'no_person'],
    ['a person in words', claims({ id: '42' }), 'no_person'],
    ['a person below zero', claims({ id: -42 }), 'no_person'],
  ])('%s', async (_, lie, code) => {
    issuer.lies(lie)
    expect(sentTo(await logIn())).toBe(`/login?error=${code}`)
    expect(await whoIsIn()).toBeNull()
    expect(await db().user.count({ where: { telegramUserId: ann } })).toBe(0)
  })

  it.each([
    ['a changed state', (back: URL) => back.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (back: URL) => back.searchParams.delete('state')],
  ])('%s', async (_, change) => {
    const back = issuer.agrees(await begin(), ann)
    change(back)
    expect(sentTo(await get(pathOf(back)))).toBe('/login?error=state_mismatch')
    expect(await whoIsIn()).toBeNull()
  })

  it('a code that was used before', async () => {
    const back = issuer.agrees(await begin(), ann)
    const attempt = new Map(browser.cookies)
    expect(sentTo(await get(pathOf(back)))).toBe('/plans')
    const replayed = new TestBrowser()
    for (const [name, value] of attempt) replayed.cookies.set(name, value)
    expect(sentTo(await get(pathOf(back), replayed))).toBe('/login?error=grant_refused')
    expect(await whoIsIn(replayed)).toBeNull()
  })

  it('a code that belongs to the PKCE challenge of another attempt', async () => {
    const stolen = issuer.agrees(await begin(new TestBrowser()), ann)
    const own = new URL(await begin())
    stolen.searchParams.set('state', own.searchParams.get('state') ?? '')
    expect(sentTo(await get(pathOf(stolen)))).toBe('/login?error=grant_refused')
    expect(await whoIsIn()).toBeNull()
  })

  it('an answer that somebody else sends as a link (login-CSRF)', async () => {
    const mallory = new TestBrowser()
    const link = issuer.agrees(await begin(mallory), 666)
    expect(sentTo(await get(pathOf(link)))).toBe('/login?error=attempt_lost')
    await begin()
    expect(sentTo(await get(pathOf(link)))).toBe('/login?error=state_mismatch')
    expect(await whoIsIn()).toBeNull()
  })

  it('an answer for somebody else than who is logged in, whose session stays', async () => {
    await logIn()
    expect(sentTo(await logIn(browser, 667))).toBe('/login?error=another_person')
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann })
  })

  it('a no of the person, and a Telegram that is down', async () => {
    const asked = new URL(await begin())
    const no = `/api/auth/callback/telegram?error=access_denied&state=${asked.searchParams.get('state')}`
    expect(sentTo(await get(no))).toBe('/login?error=access_denied')
    const back = issuer.agrees(await begin(), ann)
    issuer.goesDown()
    expect(sentTo(await get(pathOf(back)))).toBe('/login?error=telegram_unavailable')
    expect(await begin()).toBe(`${env().APP_URL}/login?error=telegram_unavailable`)
  })

  it('a client secret that BotFather does not know', async () => {
    env().TELEGRAM_LOGIN_CLIENT_SECRET = 'another-secret'
    expect(sentTo(await logIn())).toBe('/login?error=misconfigured')
    env().TELEGRAM_LOGIN_CLIENT_SECRET = secret
  })

  it('takes back what the browser kept of the failed attempt', async () => {
    const back = issuer.agrees(await begin(), ann)
    back.searchParams.set('state', 'wrong')
    await get(pathOf(back))
    expect([...browser.cookies.keys()]).toEqual(['__Host-next-auth.csrf-token'])
  })
})

describe('callbackUrl', () => {
  it.each([
    ['https://evil.example/', '/account'],
    ['//evil.example', '/account'],
    ['/\\evil.example', '/account'],
    ['https://plans.test.evil.example/', '/account'],
    ['https://plans.test@evil.example/', '/account'],
    ['https://plans.test//evil.example', '/account'],
    ['javascript:alert(1)', '/account'],
    ['/api/auth/signout', '/account'],
    ['https://plans.test/plans?x=1', '/plans?x=1'],
    ['/plans/gold_1m', '/plans/gold_1m'],
  ])('%s leads to %s', async (callbackUrl, path) => {
    const back = issuer.agrees(await begin(browser, callbackUrl), ann)
    expect(sentTo(await get(pathOf(back)))).toBe(path)
  })

  it('in a planted cookie leads nowhere else either', async () => {
    const back = issuer.agrees(await begin(), ann)
    browser.cookies.set(
      '__Secure-next-auth.callback-url',
      encodeURIComponent('https://evil.example'),
    )
    expect(sentTo(await get(pathOf(back)))).toBe('/account')
    browser.cookies.set(
      '__Secure-next-auth.callback-url',
      encodeURIComponent('javascript:alert(1)'),
    )
    expect(sentTo(await get('/api/auth/callback/telegram?code=1&state=2'))).toMatch(
      /^\/login\?error=/,
    )
    expect(browser.cookies.has('__Secure-next-auth.callback-url')).toBe(false)
  })
})

describe("next-auth's endpoint", () => {
  it.each(['_log', 'verify-request', 'signin/google', 'callback/telegram-code', 'code/x'])(
    'does not serve GET %s',
    async (path) => {
      expect((await get(`/api/auth/${path}`)).status).toBe(404)
    },
  )

  it('takes no log lines from browsers', async () => {
    expect((await post('/api/auth/_log', { level: 'error', code: 'x' })).status).toBe(404)
  })

  it('refuses a login that another site began, by Origin, by fetch metadata and by token', async () => {
    const form = { csrfToken: await csrf(), callbackUrl: '/', json: 'true' }
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      expect((await post('/api/auth/signin/telegram', form, browser, headers)).status).toBe(403)
    }
    const { url } = await (
      await post('/api/auth/signin/telegram', { ...form, csrfToken: 'made-up' })
    ).json()
    expect(url).toBe(`${env().APP_URL}/login?error=forbidden_origin`)
  })

  it('does not let a query change what Telegram is asked', async () => {
    const form = { csrfToken: await csrf(), callbackUrl: '/plans', json: 'true' }
    const path = '/api/auth/signin/telegram?scope=openid&redirect_uri=https://evil.example'
    const asked = new URL((await (await post(path, form)).json()).url).searchParams
    expect(asked.get('redirect_uri')).toBe(`${env().APP_URL}/api/auth/callback/telegram`)
    expect(asked.get('scope')).toContain('telegram:bot_access')
  })

  it('limits attempts per address', async () => {
    const callback = '/api/auth/callback/telegram?code=1&state=2'
    for (let i = 0; i < 40; i++) await get(callback)
    expect(sentTo(await get(callback))).toBe('/login?error=rate_limited')
  })
})

describe('a session', () => {
  it('sits in a cookie that scripts and other sites do not get', async () => {
    const response = await logIn()
    const line = response.headers.getSetCookie().find((each) => each.startsWith(sessionName)) ?? ''
    expect(line).toMatch(/; HttpOnly/i)
    expect(line).toMatch(/; Secure/i)
    expect(line).toMatch(/; SameSite=Lax/i)
    expect(line).not.toMatch(/; Domain/i)
  })

  it('is a new one after every login, whatever the browser brought (fixation)', async () => {
    const mallory = new TestBrowser()
    await logIn(mallory, 668)
    const planted = mallory.cookies.get(sessionName) ?? ''
    await db().user.update({ where: { telegramUserId: 668 }, data: { sessionVersion: 9 } })
    browser.cookies.set(sessionName, planted)
    await logIn()
    expect(browser.cookies.get(sessionName)).not.toBe(planted)
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann })
    expect(await whoIsIn(mallory)).toBeNull()
    const first = browser.cookies.get(sessionName)
    await logIn()
    expect(browser.cookies.get(sessionName)).not.toBe(first)
  })

  it('is good for REST, and shows who it is to pages', async () => {
    await logIn()
    const response = await callMyEntitlements()
    expect(await response.json()).toEqual({ user: { telegram_id: ann }, entitlements: [] })
    const viewer = await browser.within(browser.request('/'), () => currentViewer())
    expect(viewer).toMatchObject({ telegramUserId: ann, firstName: 'Ann Example', isNew: true })
  })

  it('is new for ten minutes after the login, whatever renews it', async () => {
    await logIn()
    const isNew = async () =>
      (await browser.within(browser.request('/'), () => currentViewer()))?.isNew
    const older = async (seconds: number | undefined) => {
      const since = seconds && Math.floor(Date.now() / 1000) - seconds
      const token = { sub: String(ann), version: 0, ...(since ? { since } : {}) }
      browser.cookies.set(sessionName, await encode({ token, secret: env().NEXTAUTH_SECRET }))
    }
    await older(590)
    expect(await isNew()).toBe(true)
    await older(610)
    expect(await isNew()).toBe(false)
    await get('/api/auth/session')
    expect(await isNew()).toBe(false)
    await older(undefined)
    expect(await isNew()).toBe(false)
  })

  it('is over after logging out everywhere, in every browser, also at REST', async () => {
    const other = new TestBrowser()
    await logIn()
    await logIn(other)
    await db().user.update({ where: { telegramUserId: ann }, data: { sessionVersion: 1 } })
    for (const each of [browser, other]) {
      expect(await whoIsIn(each)).toBeNull()
      expect((await callMyEntitlements(each)).status).toBe(401)
      expect(await (await get('/api/auth/session', each)).json()).toEqual({})
      expect(each.cookies.has(sessionName)).toBe(false)
    }
    await logIn()
    expect((await callMyEntitlements()).status).toBe(200)
  })

  it('is over for a person who is banned, who cannot come back either', async () => {
    await logIn()
    await db().user.update({ where: { telegramUserId: ann }, data: { bannedAt: new Date() } })
    expect((await callMyEntitlements()).status).toBe(401)
    expect(sentTo(await logIn())).toBe('/login?error=banned')
    expect(await whoIsIn()).toBeNull()
  })

  it('of deleted data is over for good; a new login begins anew', async () => {
    const other = new TestBrowser()
    await logIn()
    await logIn(other)
    await db().user.update({
      where: { telegramUserId: ann },
      data: { deletedAt: new Date(), firstName: '' },
    })
    expect(await whoIsIn()).toBeNull()
    await logIn()
    expect(await whoIsIn()).toMatchObject({ firstName: 'Ann Example' })
    expect(await whoIsIn(other)).toBeNull()
  })

  it('is renewed when it is used, and never by what a request says of it', async () => {
    await logIn()
    const before = browser.cookies.get(sessionName)
    expect(await (await get('/api/auth/session')).json()).toMatchObject({
      user: { id: String(ann) },
    })
    expect(browser.cookies.get(sessionName)).not.toBe(before)
    const form = { csrfToken: await csrf(), 'data[sub]': '1', data: '{"sub":"1"}' }
    await post('/api/auth/session', form)
    expect(await whoIsIn()).toMatchObject({ telegramUserId: ann })
  })

  it('of another secret, of another cookie name or made up is none', async () => {
    await logIn()
    const real = browser.cookies.get(sessionName) ?? ''
    browser.cookies.clear()
    browser.cookies.set('next-auth.session-token', real)
    expect((await callMyEntitlements()).status).toBe(401)
    browser.cookies.clear()
    for (const forged of ['x', '', `${real}x`, `${real.slice(0, -3)}abc`, '%']) {
      browser.cookies.set(sessionName, forged)
      expect((await callMyEntitlements()).status).toBe(401)
    }
    browser.cookies.set(sessionName, real)
    const known = env().NEXTAUTH_SECRET
    env().NEXTAUTH_SECRET = 'another-secret-that-is-long-enough-for-it'
    expect((await callMyEntitlements()).status).toBe(401)
    env().NEXTAUTH_SECRET = known
    expect((await callMyEntitlements()).status).toBe(200)
  })

  it('gives way to init data, which needs no Origin', async () => {
    await logIn()
    const bob = { telegramUserId: ann + 1_000_000, firstName: 'Bob' }
    const headers = { authorization: `tma ${makeInitData(bob)}`, 'sec-fetch-site': 'cross-site' }
    const body = await (await callMyEntitlements(browser, headers)).json()
    expect(body.user).toEqual({ telegram_id: bob.telegramUserId })
    const wrong = await callMyEntitlements(browser, { authorization: 'Bearer x' })
    expect(wrong.status).toBe(401)
  })
})

describe('a request with a session', () => {
  const buy = (headers: Record<string, string>) => {
    const cookie = `${sessionName}=${browser.cookies.get(sessionName)}`
    const request = new Request(`${env().APP_URL}/api/v1/telegram/payment/send-invoice`, {
      method: 'POST',
      body: JSON.stringify({ plan_code: 'gold_1m' }),
      headers: { cookie, ...headers },
    })
    return sendInvoice(request, { params: Promise.resolve({}) })
  }
  const own = { origin: 'https://plans.test' }

  it.each<[string, Record<string, string>]>([
    ['without an Origin', {}],
    ['of another Origin', { origin: 'https://evil.example' }],
    ['of a sibling Origin', { origin: 'https://blog.plans.test', 'sec-fetch-site': 'same-site' }],
    ['of our host without HTTPS', { origin: 'http://plans.test' }],
    ['of Origin null', { origin: 'null' }],
    ['marked as cross-site', { ...own, 'sec-fetch-site': 'cross-site' }],
  ])('%s changes nothing: 403', async (_, headers) => {
    await logIn()
    const response = await buy(headers)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden_origin' })
    expect(await db().invoice.count({ where: { user: { telegramUserId: ann } } })).toBe(0)
  })

  it('from our own page does what was asked', async () => {
    await logIn()
    expect((await buy({ ...own, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  it('that only reads needs no Origin, and is refused from another site', async () => {
    await logIn()
    expect((await callMyEntitlements()).status).toBe(200)
    expect((await callMyEntitlements(browser, { 'sec-fetch-site': 'none' })).status).toBe(200)
    expect((await callMyEntitlements(browser, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})
