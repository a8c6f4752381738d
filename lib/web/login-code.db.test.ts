import '@/lib/testing/next-runtime'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { loginBotMessages } from '@/lib/messages/login'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { follows, LoginBrowser, loginCookie, presses, tell } from '@/lib/testing/login-browser'
import { makeTextUpdate } from '@/lib/testing/telegram-requests'

const { outcomes } = loginBotMessages

let api: FakeBotApi
let browser: LoginBrowser
let ann: PersonActor

/** What the last change of a message made of it. */
const edited = () => api.calls.findLast((call) => call.method === 'editMessageText')?.params.text

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

describe('a login that is confirmed in the bot', () => {
  it('shows the same code and the browser in the bot, and warns before it asks', async () => {
    expect(await browser.opens()).toBe('/login?callbackUrl=%2Fplans')
    const code = await browser.code()
    await follows(ann, code)
    const question = api.calls.find((call) => call.method === 'sendMessage')?.params
    expect(question?.text).toContain(`${code.slice(0, 4)}-${code.slice(4)}`)
    expect(question?.text).toContain('Chrome on Windows')
    expect(question?.text).toContain('Only confirm if you opened this page yourself just now')
    expect(JSON.stringify(question?.reply_markup)).toContain(`login:confirmed:${code}`)
  })

  it('logs in the browser that holds the secret as the person who confirmed', async () => {
    await browser.opens()
    expect(await browser.state()).toBe('pending')
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
    await follows(ann, await browser.code())
    await presses(ann, 'confirmed', await browser.code())
    expect(edited()).toBe(outcomes.confirmed)
    expect(await browser.state()).toBe('confirmed')
    expect(await browser.finishes()).toBe('/plans')
    expect(await browser.whoIsIn()).toMatchObject({ telegramUserId: ann.telegramUserId })
    expect(
      await db().user.findUnique({ where: { telegramUserId: ann.telegramUserId } }),
    ).toMatchObject({ reachable: 'yes', firstName: ann.firstName })
  })

  it('keeps only the hash of a secret that no script can read', async () => {
    await browser.opens()
    const secret = browser.cookies.get(loginCookie) ?? ''
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(
      JSON.stringify(await db().loginCode.findMany({ omit: { telegramUserId: true } })),
    ).not.toContain(secret)
  })

  it('is used once, also by two tabs at the same moment', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    const tab = new LoginBrowser()
    for (const [name, value] of browser.cookies) tab.cookies.set(name, value)
    const ends = await Promise.all([browser.finishes(), tab.finishes()])
    expect(ends.sort()).toEqual(['/login?error=not_confirmed', '/plans'])
    expect(await browser.state()).toBe('used')
  })

  it('is of no use to another browser that knows the code', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    const mallory = new LoginBrowser()
    expect(await mallory.state()).toBe('expired')
    for (const guess of ['', 'x', await browser.code(), 'A'.repeat(43)]) {
      mallory.cookies.set(loginCookie, guess)
      expect(await mallory.finishes()).toBe('/login?error=not_confirmed')
      expect(await mallory.whoIsIn()).toBeNull()
    }
    expect(await browser.finishes()).toBe('/plans')
  })

  it('may be opened again by the same person, who is asked again', async () => {
    await browser.opens()
    const code = await browser.code()
    await follows(ann, code)
    await follows(ann, code)
    expect(api.texts().filter((text) => String(text).includes('Code: '))).toHaveLength(2)
    await presses(ann, 'confirmed', code)
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.used)
    await follows(ann, code)
    expect(api.texts().at(-1)).toBe(outcomes.used)
    expect(await browser.finishes()).toBe('/plans')
  })

  it('cannot be confirmed after its time, nor opened', async () => {
    await browser.opens()
    const code = await browser.code()
    await browser.expires()
    await follows(ann, code)
    expect(api.texts()).toEqual([outcomes.expired])
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.expired)
    expect(await browser.state()).toBe('expired')
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
  })

  it('that is confirmed is not good for ever', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    await browser.expires()
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
  })

  it('gives a yes in the last second a minute to arrive', async () => {
    await browser.opens()
    const code = await browser.code()
    await db().loginCode.update({
      where: { code },
      data: { expiresAt: new Date(Date.now() + 900) },
    })
    await presses(ann, 'confirmed', code)
    const row = await db().loginCode.findUniqueOrThrow({ where: { code } })
    expect(row.expiresAt.getTime()).toBeGreaterThan(Date.now() + 50_000)
  })

  it('ends with a no', async () => {
    await browser.opens()
    await presses(ann, 'denied', await browser.code())
    expect(edited()).toBe(outcomes.denied)
    expect(await browser.state()).toBe('denied')
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
  })

  it('of a browser is one: asking again ends the code before', async () => {
    await browser.opens()
    const [code, secret] = [await browser.code(), browser.cookies.get(loginCookie)]
    await browser.opens()
    expect(browser.cookies.get(loginCookie)).not.toBe(secret)
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.expired)
    expect(await browser.state()).toBe('pending')
  })

  it('does not take over a browser in which somebody else is logged in', async () => {
    await browser.opens()
    await presses(ann, 'confirmed', await browser.code())
    await browser.finishes()
    await browser.opens()
    await presses(makePerson(), 'confirmed', await browser.code())
    expect(await browser.finishes()).toBe('/login?error=another_person')
    expect(await browser.whoIsIn()).toMatchObject({ telegramUserId: ann.telegramUserId })
  })

  it('refuses a person who is banned', async () => {
    await browser.opens()
    await follows(ann, await browser.code())
    const { telegramUserId } = ann
    await db().user.update({ where: { telegramUserId }, data: { bannedAt: new Date() } })
    await presses(ann, 'confirmed', await browser.code())
    expect(await browser.finishes()).toBe('/login?error=banned')
    expect(await browser.whoIsIn()).toBeNull()
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
    await browser.opens()
    const code = (await browser.code()).toLowerCase()
    await follows(ann, `${code.slice(0, 4)}-${code.slice(4)}`)
    expect(api.texts()[0]).toContain('Chrome on Windows')
  })

  it('cannot be tried out: the eleventh attempt of a person is refused', async () => {
    await browser.opens()
    for (let i = 0; i < 10; i++) await follows(ann, '22222222')
    await follows(ann, await browser.code())
    expect(api.texts().at(-1)).toBe(outcomes.rate_limited)
    await presses(ann, 'confirmed', await browser.code())
    expect(edited()).toBe(outcomes.rate_limited)
    expect(await browser.state()).toBe('pending')
  })

  it('leave every other /start as it was', async () => {
    await tell(makeTextUpdate(ann, '/start'))
    await tell(makeTextUpdate(ann, '/start login'))
    expect(api.texts()).toHaveLength(2)
    expect(api.texts().every((text) => String(text).startsWith('Hello'))).toBe(true)
  })
})
