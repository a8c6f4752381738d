import type { Browser, BrowserContext, Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from './fixtures'
import type { LocalStack } from './local-stack'
import type { Message, Person, Telegram } from './telegram'

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const

/** A visitor at /login, with a browser and a Telegram account. */
class Visitor {
  #code = ''

  constructor(
    readonly page: Page,
    readonly person: Person,
    readonly telegram: Telegram,
    readonly appUrl: string,
  ) {}

  async opensLogin(query = ''): Promise<void> {
    await this.page.goto(`${this.appUrl}/login${query}`)
  }

  /** Asks for a code; gives it as the page shows it. */
  async asksForACode(): Promise<string> {
    await this.page.getByRole('button', { name: /Confirm in the bot|Log in with the bot/ }).click()
    await expect(this.page.getByRole('heading', { name: 'Confirm in Telegram' })).toBeVisible()
    return this.shownCode()
  }

  async shownCode(): Promise<string> {
    const text = await this.page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).textContent()
    this.#code = text ?? ''
    return this.#code
  }

  /** Follows the page's link in Telegram, as this person or another. */
  async followsTheLink(as = this.person): Promise<void> {
    const href = await this.page.getByRole('link', { name: 'Open Telegram' }).getAttribute('href')
    const start = new URL(href ?? '').searchParams.get('start')
    await this.telegram.writes(as, `/start ${start}`)
  }

  /** The person answers the question about the code they saw last. */
  async answers(button: 'Yes, log me in' | 'No', as = this.person): Promise<void> {
    const question = await this.reads(`Code: ${this.#code}`, as)
    const data = question.keyboard?.flat().find(({ text }) => text === button)?.callback_data ?? ''
    await this.telegram.presses(as, question.message_id, data)
  }

  /** Waits until the bot says this; gives the message. */
  async reads(text: string, as = this.person): Promise<Message> {
    const find = async () =>
      (await this.telegram.shows(as)).findLast(
        (message) => message.from === 'bot' && message.text?.includes(text),
      )
    await expect.poll(find).toBeTruthy()
    const message = await find()
    if (!message) throw new Error(`The bot took back what it said: ${text}`)
    return message
  }

  /** As REST says, by the browser's own session. */
  async whoIsIn(): Promise<number | undefined> {
    return idOf(this.page.context(), this.appUrl)
  }
}

const entitlements = z.object({ user: z.object({ telegram_id: z.number() }) })

async function idOf(context: BrowserContext, appUrl: string): Promise<number | undefined> {
  const response = await context.request.get(`${appUrl}/api/v1/me/entitlements`)
  if (response.status() === 401) return undefined
  return entitlements.parse(await response.json()).user.telegram_id
}

async function visit(
  browser: Browser,
  { stack, telegram }: { stack: LocalStack; telegram: Telegram },
  size: keyof typeof sizes,
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: sizes[size] })
  const person = await telegram.hasPerson()
  return new Visitor(await context.newPage(), person, telegram, stack.appUrl)
}

const path = (page: Page) => new URL(page.url()).pathname

for (const size of ['phone', 'desktop'] as const) {
  test.describe(size, () => {
    test('a login is confirmed in the bot, and the page goes on by itself', async ({
      browser,
      stack,
      telegram,
    }) => {
      const ann = await visit(browser, { stack, telegram }, size)
      await ann.opensLogin('?callbackUrl=/terms')
      const code = await ann.asksForACode()
      const qr = ann.page.getByRole('img', { name: 'Code to scan with your phone' })
      await expect(qr).toBeVisible({ visible: size === 'desktop' })
      await ann.followsTheLink()
      const question = await ann.reads(`Code: ${code}`)
      expect(question.text).toContain('Only confirm if you opened this page yourself just now')
      expect(await ann.whoIsIn()).toBeUndefined()
      await ann.answers('Yes, log me in')
      await expect.poll(() => path(ann.page)).toBe('/terms')
      expect(await ann.whoIsIn()).toBe(ann.person.id)
    })

    test('Telegram itself logs in', async ({ browser, stack, telegram }) => {
      const ann = await visit(browser, { stack, telegram }, size)
      await ann.opensLogin('?callbackUrl=/terms')
      await ann.page.getByRole('button', { name: 'Log in with Telegram' }).click()
      await ann.page.getByRole('radio', { name: ann.person.first_name, exact: true }).check()
      await ann.page.getByRole('button', { name: 'Log in' }).click()
      await expect.poll(() => path(ann.page)).toBe('/terms')
      expect(await ann.whoIsIn()).toBe(ann.person.id)
    })
  })
}

test('both ways lead to one account, and logging out everywhere ends both', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  await ann.opensLogin('?callbackUrl=/terms')
  await ann.asksForACode()
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')

  const second = await browser.newContext()
  const page = await second.newPage()
  await page.goto(`${stack.appUrl}/login?callbackUrl=/privacy`)
  await page.getByRole('button', { name: 'Log in with Telegram' }).click()
  await page.getByRole('radio', { name: ann.person.first_name, exact: true }).check()
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect.poll(() => path(page)).toBe('/privacy')
  expect(await idOf(second, stack.appUrl)).toBe(ann.person.id)

  await ann.opensLogin()
  await expect(ann.page.getByRole('heading', { level: 1 })).toHaveText(
    `You are logged in as ${ann.person.first_name}`,
  )
  await ann.page.getByRole('button', { name: 'Log out on all devices' }).click()
  await expect.poll(() => path(ann.page)).toBe('/')
  expect(await ann.whoIsIn()).toBeUndefined()
  expect(await idOf(second, stack.appUrl)).toBeUndefined()
})

test('a no in the bot is said, and a new code works', async ({ browser, stack, telegram }) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin('?callbackUrl=/terms')
  const first = await ann.asksForACode()
  await ann.followsTheLink()
  await ann.answers('No')
  await expect(ann.page.getByRole('heading', { name: 'You said no in Telegram' })).toBeVisible()
  await ann.page.getByRole('button', { name: 'Get a new code' }).click()
  await expect(ann.page.getByRole('heading', { name: 'Confirm in Telegram' })).toBeVisible()
  expect(await ann.shownCode()).not.toBe(first)
  await ann.followsTheLink()
  await ann.answers('Yes, log me in')
  await expect.poll(() => path(ann.page)).toBe('/terms')
})

test('an old code is said to be old, in the bot and on the page', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin()
  await ann.asksForACode()
  await telegram.isPatient(301)
  await ann.followsTheLink()
  await ann.reads('not valid any more')
  await expect(ann.page.getByRole('heading', { name: 'This code has expired' })).toBeVisible()
  await expect(ann.page.getByRole('button', { name: 'Get a new code' })).toBeVisible()
})

test('a code survives a reload, and a login that ended while the page was closed', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'phone')
  await ann.opensLogin('?callbackUrl=/terms')
  const code = await ann.asksForACode()
  await ann.page.reload()
  expect(await ann.shownCode()).toBe(code)
  await ann.followsTheLink()
  await ann.page.goto('about:blank')
  await ann.answers('Yes, log me in')
  await ann.opensLogin('?callbackUrl=/terms')
  await expect.poll(() => path(ann.page)).toBe('/terms')
})

test('the code of somebody else logs their browser in, not that of who knows it', async ({
  browser,
  stack,
  telegram,
}) => {
  const ann = await visit(browser, { stack, telegram }, 'desktop')
  const ben = await visit(browser, { stack, telegram }, 'desktop')
  await ann.opensLogin('?callbackUrl=/terms')
  await ann.asksForACode()
  await ben.opensLogin()
  await ben.asksForACode()
  await ann.followsTheLink()
  await ann.followsTheLink(ben.person)
  await ann.reads('Code: ', ben.person)
  await ann.answers('Yes, log me in')
  await ann.reads('Confirmed')
  await ann.answers('Yes, log me in', ben.person)
  await ann.reads('answered already', ben.person)
  await expect.poll(() => path(ann.page)).toBe('/terms')
  expect(await ann.whoIsIn()).toBe(ann.person.id)
  expect(await ben.whoIsIn()).toBeUndefined()
})

for (const [misbehave, heading] of [
  ['state_altered', 'This login was not started here'],
  ['code_used', 'Telegram did not accept this login'],
  ['wrong_issuer', 'This answer is not from Telegram'],
  ['other_bot', 'This answer was made for another bot'],
  ['alg_hs256', 'This answer is signed in a way we do not accept'],
  ['expired', 'This answer from Telegram is too old'],
] as const) {
  test(`an answer of Telegram that does not fit (${misbehave}) gets a page that helps`, async ({
    page,
    stack,
    telegram,
  }) => {
    const person = await telegram.hasPerson()
    await telegram.misbehaves({ login: misbehave })
    await page.goto(`${stack.appUrl}/login`)
    await page.getByRole('button', { name: 'Log in with Telegram' }).click()
    await page.getByRole('radio', { name: person.first_name, exact: true }).check()
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('alert').getByRole('heading', { name: heading })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Confirm in the bot' })).toBeVisible()
    expect(await idOf(page.context(), stack.appUrl)).toBeUndefined()
  })
}

test('cancelling at Telegram leads back with both ways still open', async ({ page, stack }) => {
  await page.goto(`${stack.appUrl}/login`)
  await page.getByRole('button', { name: 'Log in with Telegram' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'You said no in Telegram' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Log in with Telegram' })).toBeEnabled()
})
