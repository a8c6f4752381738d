import type { Browser, BrowserContext, Page } from '@playwright/test'
import { z } from 'zod'
import { expect } from './fixtures'
import type { LocalStack } from './local-stack'
import type { Message, Person, Telegram } from './telegram'

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const

/** A visitor at /login, with a browser and a Telegram account. */
export class Visitor {
  #code = ''
  #start = ''

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

  /** Logs in with a code that the bot asks about, and arrives there. */
  async logsInByTheBot(to: string): Promise<void> {
    await this.opensLogin(`?callbackUrl=${to}`)
    await this.asksForACode()
    await this.followsTheLink()
    await this.answers('Yes, log me in')
    await expect.poll(() => path(this.page)).toBe(to)
  }

  async shownCode(): Promise<string> {
    const text = await this.page.getByText(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/).textContent()
    const href = await this.page.getByRole('link', { name: 'Open Telegram' }).getAttribute('href')
    this.#code = text ?? ''
    this.#start = new URL(href ?? '').searchParams.get('start') ?? ''
    return this.#code
  }

  /** Follows the link that the page showed last in Telegram, as this person or another. */
  async followsTheLink(as = this.person): Promise<void> {
    await this.telegram.writes(as, `/start ${this.#start}`)
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

/** Who is logged in there, as REST says. */
export async function idOf(context: BrowserContext, appUrl: string): Promise<number | undefined> {
  const response = await context.request.get(`${appUrl}/api/v1/me/entitlements`)
  if (response.status() === 401) return undefined
  return entitlements.parse(await response.json()).user.telegram_id
}

/** Somebody new, with a browser and a phone of their own. */
export async function visit(
  browser: Browser,
  { stack, telegram }: { stack: LocalStack; telegram: Telegram },
  size: keyof typeof sizes,
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: sizes[size] })
  const person = await telegram.hasPerson()
  return new Visitor(await context.newPage(), person, telegram, stack.appUrl)
}

export const path = (page: Page) => new URL(page.url()).pathname
