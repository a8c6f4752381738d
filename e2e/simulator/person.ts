import { expect, type Frame, type Locator, type Page } from '@playwright/test'
import { z } from 'zod'
import type { Platform } from '@/simulator/wire'
import type { Bot } from './bot'

const heard = z.array(
  z.looseObject({ eventType: z.string(), eventData: z.unknown().optional(), text: z.boolean() }),
)
export type Heard = z.infer<typeof heard>

/** Somebody at the client in the browser, and the Mini App they have open. */
export class Person {
  constructor(
    readonly page: Page,
    readonly id: number,
    readonly telegramUrl: string,
    readonly appsUrl: string,
    readonly bot: Bot,
  ) {}

  get phone(): Locator {
    return this.page.getByRole('region', { name: 'Phone' })
  }

  get app(): Locator {
    return this.page.getByRole('region', { name: /^Mini App / })
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog', { name: 'Payment' })
  }

  get chat(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get notice(): Locator {
    return this.page.locator('.notices')
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  async opensTelegram(platform: Platform = 'weba'): Promise<void> {
    await this.page.goto(`${this.telegramUrl}/?platform=${platform}#/p/${this.id}`)
  }

  /** Unless that was done before. */
  async pressesStart(): Promise<void> {
    const start = this.button('Start')
    const field = this.page.getByRole('textbox', { name: 'Message' })
    await expect(start.or(field)).toBeVisible()
    if (await start.isVisible()) await start.click()
    await expect(field).toBeVisible()
  }

  /** Opens the Mini App of this name (`plain` or `official`) from the menu button. */
  async opensApp(name: 'plain' | 'official', platform: Platform = 'weba'): Promise<void> {
    await this.bot.calls('setChatMenuButton', {
      chat_id: this.id,
      menu_button: { type: 'web_app', text: 'Shop', web_app: { url: `${this.appsUrl}/${name}` } },
    })
    await this.opensTelegram(platform)
    await this.pressesStart()
    await this.button('Shop').click()
    await expect(this.frameLocator.getByRole('heading')).toBeVisible()
    if (name === 'plain') await this.says('iframe_ready', { reload_supported: true })
    else await this.runs('app.ready()')
  }

  get frameLocator() {
    return this.page.frameLocator('iframe[title="Mini App"]')
  }

  get frame(): Frame {
    const frame = this.page.frames().find((each) => each.url().startsWith(this.appsUrl))
    if (!frame) throw new Error('No Mini App is open.')
    return frame
  }

  /** Runs an expression inside the Mini App. */
  async runs(expression: string): Promise<unknown> {
    return await this.frame.evaluate(expression)
  }

  /** The plain app posts a message to its host. */
  async says(eventType: string, eventData: unknown = ''): Promise<void> {
    await this.runs(`say(${JSON.stringify(eventType)}, ${JSON.stringify(eventData)})`)
  }

  /** Everything the host said to the plain app, or its events of one kind. */
  async heard(eventType?: string): Promise<Heard> {
    const all = heard.parse(await this.runs('heard'))
    return eventType === undefined ? all : all.filter((each) => each.eventType === eventType)
  }

  async dataOf(eventType: string): Promise<unknown[]> {
    return (await this.heard(eventType)).map(({ eventData }) => eventData)
  }

  /** The latest event of this kind is (at least) this. */
  async hears(eventType: string, data?: unknown): Promise<void> {
    const last = expect.poll(async () => (await this.dataOf(eventType)).at(-1), {
      message: `the last ${eventType}`,
    })
    if (data === undefined) await last.toBeDefined()
    else await last.toMatchObject(Object(data))
  }

  /** The host answers everything in order: after this, what it had to say was said. */
  async waitsItsTurn(): Promise<void> {
    const before = (await this.heard('clipboard_text_received')).length
    await this.says('web_app_read_text_from_clipboard', { req_id: 'turn' })
    await expect
      .poll(async () => (await this.heard('clipboard_text_received')).length)
      .toBe(before + 1)
  }

  async asksToPay(link: string): Promise<void> {
    await this.says('web_app_open_invoice', { slug: link.replace('https://t.me/$', '') })
    await expect(this.sheet).toBeVisible()
  }

  async pays(): Promise<void> {
    await this.sheet.getByRole('button', { name: /^Pay / }).click()
  }

  async closesSheet(): Promise<void> {
    await this.sheet.getByRole('button', { name: 'Close payment' }).click()
    await expect(this.sheet).toBeHidden()
  }

  /** What the plain app was told about the invoice, in order. */
  async verdicts(): Promise<unknown[]> {
    const told = z.array(z.object({ status: z.string() }))
    return told.parse(await this.dataOf('invoice_closed')).map(({ status }) => status)
  }

  async closesApp(): Promise<void> {
    await this.button('Close Mini App').click()
  }
}
