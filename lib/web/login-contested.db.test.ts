import '@/lib/testing/next-runtime'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { logOutAsSomebodyElse } from '@/app/(web)/login/actions'
import { currentViewer } from '@/lib/auth/current-person'
import type { PersonActor } from '@/lib/kit/actor'
import { loginBotMessages } from '@/lib/messages/login'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { follows, formWith, LoginBrowser, presses } from '@/lib/testing/login-browser'

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

describe('a code that another person comes with', () => {
  let ben: PersonActor
  let code: string

  beforeEach(async () => {
    ben = makePerson()
    await browser.opens()
    code = await browser.code()
  })

  /** Nobody is in, and both the page and the bot say why. */
  const isThrownAway = async () => {
    expect(await browser.state()).toBe('contested')
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
    expect(await browser.whoIsIn()).toBeNull()
  }

  it('and who opened it first logs nobody in: neither that one nor the owner', async () => {
    await follows(ben, code)
    await follows(ann, code)
    expect(api.texts().at(-1)).toBe(outcomes.contested)
    for (const each of [ben, ann]) {
      await presses(each, 'confirmed', code)
      expect(edited()).toBe(outcomes.contested)
    }
    await isThrownAway()
  })

  it('logs nobody in even if that person said yes, while no browser used it', async () => {
    await follows(ben, code)
    await presses(ben, 'confirmed', code)
    expect(await browser.state()).toBe('confirmed')
    await follows(ann, code)
    expect(api.texts().at(-1)).toBe(outcomes.contested)
    await isThrownAway()
  })

  it('and answers without having been asked logs nobody in', async () => {
    await follows(ann, code)
    await presses(ben, 'confirmed', code)
    expect(edited()).toBe(outcomes.contested)
    await presses(ann, 'confirmed', code)
    expect(edited()).toBe(outcomes.contested)
    await isThrownAway()
  })

  it('and answers before anybody opened it is thrown away once its owner comes', async () => {
    await presses(ben, 'confirmed', code)
    await follows(ann, code)
    await isThrownAway()
  })

  it('and denies it is closed, and tells its owner to ask for a new one', async () => {
    await follows(ben, code)
    await presses(ben, 'denied', code)
    await follows(ann, code)
    expect(api.texts().at(-1)).toBe(outcomes.taken)
    expect(await browser.state()).toBe('denied')
    expect(await browser.finishes()).toBe('/login?error=not_confirmed')
  })

  it('in time to be logged in sends its owner to the way out of that login', async () => {
    await follows(ben, code)
    await presses(ben, 'confirmed', code)
    expect(await browser.finishes()).toBe('/plans')
    await follows(ann, code)
    expect(api.texts().at(-1)).toBe(outcomes.taken)
    const seen = await browser.within(browser.request('/plans'), currentViewer)
    expect(seen).toMatchObject({ telegramUserId: ben.telegramUserId, isNew: true })
    const way = await browser.submits(() => logOutAsSomebodyElse(formWith('/plans')))
    expect(way).toBe('/login?callbackUrl=%2Fplans&error=not_you')
    expect(await browser.whoIsIn()).toBeNull()
  })

  it('is nobody’s among many who answer at once', async () => {
    const crowd = Array.from({ length: 12 }, () => makePerson())
    await Promise.all(crowd.map((each) => presses(each, 'confirmed', code)))
    await isThrownAway()
  })

  it('at the moment the browser uses it leaves the owner in, or nobody', async () => {
    for (let round = 0; round < 5; round++) {
      const each = new LoginBrowser()
      await each.opens()
      const own = await each.code()
      await presses(ann, 'confirmed', own)
      const [end] = await Promise.all([each.finishes(), follows(makePerson(), own)])
      const isIn = end === '/plans'
      expect(end).toBe(isIn ? '/plans' : '/login?error=not_confirmed')
      expect(await each.state()).toBe(isIn ? 'used' : 'contested')
      expect(api.texts().at(-1)).toBe(isIn ? outcomes.taken : outcomes.contested)
      expect((await each.whoIsIn())?.telegramUserId).toBe(isIn ? ann.telegramUserId : undefined)
      ann = makePerson()
    }
  })
})
