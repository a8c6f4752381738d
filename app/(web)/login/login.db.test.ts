import '@/lib/testing/next-runtime'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { logOutAsSomebodyElse, startBotLogin } from '@/app/(web)/login/actions'
import LoginPage from '@/app/(web)/login/page'
import { Login } from '@/components/web/login'
import { LoginAlready } from '@/components/web/login-already'
import type { PersonActor } from '@/lib/kit/actor'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { formWith, LoginBrowser, presses } from '@/lib/testing/login-browser'
import { endSession, endSessions } from '@/lib/web/login-actions'

let api: FakeBotApi
let browser: LoginBrowser
let ann: PersonActor

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  browser = new LoginBrowser()
  ann = makePerson()
})

describe('the login page', () => {
  const leadsTo = (query: Record<string, string | string[]>) =>
    browser.redirectOf(() => LoginPage({ searchParams: Promise.resolve(query) }))
  /** What it shows, when it leads nowhere. */
  const shows = (query: Record<string, string>) =>
    browser.within(browser.request('/login'), () =>
      LoginPage({ searchParams: Promise.resolve(query) }),
    )

  it('leads whoever is logged in on to where they wanted to go, on our own site only', async () => {
    expect((await shows({ callbackUrl: '/plans/gold_1m' })).type).toBe(Login)
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    await browser.finishes()
    expect(await leadsTo({ callbackUrl: '/plans/gold_1m?x=1' })).toBe('/plans/gold_1m?x=1')
    for (const elsewhere of ['https://evil.example', '//evil.example', '/api/auth/signout', ''])
      expect(await leadsTo({ callbackUrl: elsewhere })).toBe('/account')
    expect(await leadsTo({ callbackUrl: ['/plans', '/terms'] })).toBe('/account')
    expect((await shows({})).type).toBe(LoginAlready)
  })

  it('leads a tab on whose login another tab finished', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    await browser.finishes()
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
    expect(await leadsTo({ error: 'not_confirmed', callbackUrl: '/plans' })).toBe('/plans')
  })

  it('stays when the login was of somebody else than who is logged in', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    await browser.finishes()
    const shown = await shows({ error: 'another_person', callbackUrl: '/plans' })
    expect(shown.props).toMatchObject({ problem: 'another_person' })
  })
})

describe('the forms of the login page', () => {
  it('do nothing for another site', async () => {
    const evil = { origin: 'https://evil.example' }
    const target = await browser.submits(() => startBotLogin(formWith('/plans')), evil)
    expect(target).toBe('/login?callbackUrl=%2Fplans&error=forbidden_origin')
    expect(browser.cookies.size).toBe(0)
  })

  it('are limited per address', async () => {
    for (let i = 0; i < 40; i++) await browser.opens()
    expect(await browser.opens()).toContain('error=rate_limited')
  })

  it('log out here, or everywhere', async () => {
    const other = new LoginBrowser()
    for (const each of [browser, other]) {
      await each.opens()
      await presses(ann, 'confirmed', await each.code())
      await each.finishes()
    }
    const within = (by: LoginBrowser, work: () => Promise<string>) =>
      by.within(by.request('/login', { method: 'POST' }), work)
    const evil = browser.request('/login', { method: 'POST', headers: { origin: 'null' } })
    expect(await browser.within(evil, endSessions)).toBe('/login?error=forbidden_origin')
    const evilHeaders = { origin: 'https://evil.example' }
    const wayOut = await browser.submits(
      () => logOutAsSomebodyElse(formWith('/plans')),
      evilHeaders,
    )
    expect(wayOut).toBe('/login?callbackUrl=%2Fplans&error=forbidden_origin')
    expect(await browser.whoIsIn()).not.toBeNull()
    const kept = new Map(other.cookies)
    expect(await within(browser, endSession)).toBe('/')
    expect([...browser.cookies.keys()].filter((name) => /session|login/.test(name))).toEqual([])
    expect(await browser.whoIsIn()).toBeNull()
    expect(await other.whoIsIn()).not.toBeNull()
    await within(other, endSessions)
    for (const [name, value] of kept) other.cookies.set(name, value)
    expect(await other.whoIsIn()).toBeNull()
  })
})
