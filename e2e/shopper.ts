import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test'
import type { Person, Telegram } from './telegram'

/** Somebody with a browser: what they see and what they can press. */
export class Shopper {
  constructor(
    readonly page: Page,
    readonly person: Person,
    readonly telegram: Telegram,
    readonly appUrl: string,
  ) {}

  /** The page inside the phone. */
  get app(): FrameLocator {
    return this.page.frameLocator('iframe[title="Mini App"]')
  }

  /** Telegram's own button under the page. */
  mainButton(name: string | RegExp): Locator {
    return this.phone.getByRole('button', { name })
  }

  get phone(): Locator {
    return this.page.getByRole('region', { name: 'Phone' })
  }

  get paymentSheet(): Locator {
    return this.page.getByRole('dialog', { name: 'Payment' })
  }

  get chat(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  /** An address of ours in an ordinary browser tab. */
  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.appUrl}${path}`)
  }

  async opensTelegram(): Promise<void> {
    await this.page.goto(`${this.telegram.url}/#/p/${this.person.id}`)
  }

  /** As a person would: choose who they are, press Start, press the menu button. */
  async opensTheMiniApp(): Promise<void> {
    await this.opensTelegram()
    await this.startsTheBot()
    await this.pressesTheMenuButton()
  }

  async startsTheBot(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(this.chat).toContainText('Hello')
  }

  async pressesTheMenuButton(): Promise<void> {
    await this.page.getByRole('button', { name: 'Plans', exact: true }).click()
    await expect(this.offer('Gold, 1 month')).toBeAttached()
  }

  offer(name: string): Locator {
    return this.app.getByRole('radio', { name: new RegExp(`^${name}`) })
  }

  async chooses(name: string): Promise<void> {
    // Until the account is known, the row may not be choosable yet.
    await expect(this.offer(name)).toBeEnabled()
    await this.row(name).click()
    await expect(this.offer(name)).toBeChecked()
  }

  /** The whole line of an offer: name, price and what the person has of it. */
  row(name: string): Locator {
    return this.app.locator('label').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  async asksFor(name: string): Promise<void> {
    await this.chooses(name)
    await this.mainButton(/^Buy/).click()
  }

  async paysInTheSheet(): Promise<void> {
    await this.paymentSheet.getByRole('button', { name: /^Pay/ }).click()
  }

  async closesTheSheet(): Promise<void> {
    await this.paymentSheet.getByRole('button', { name: 'Close payment' }).click()
  }

  async buys(name: string): Promise<void> {
    await this.asksFor(name)
    await this.paysInTheSheet()
    await this.seesSuccess(name)
  }

  async seesSuccess(name: string): Promise<void> {
    await expect(this.app.getByRole('heading', { name: `${name} is yours` })).toBeVisible()
  }

  async seesThePicker(): Promise<void> {
    await expect(this.offer('Gold, 1 month')).toBeAttached()
    await expect(this.mainButton(/^(Buy|Choose)/)).toBeVisible()
  }

  async opensTheAccount(): Promise<void> {
    await this.app.getByRole('link', { name: /my plans/i }).click()
    await expect(this.app.getByRole('heading', { name: 'My plans', exact: true })).toBeVisible()
  }

  /** Some clients ask before closing, others do not. */
  async closesTheMiniApp(): Promise<void> {
    const sure = this.page.getByRole('button', { name: 'Close anyway' })
    const frame = this.page.locator('iframe[title="Mini App"]')
    await this.page.getByRole('button', { name: 'Close Mini App' }).click()
    await expect
      .poll(async () => (await sure.isVisible()) || (await frame.count()) === 0)
      .toBe(true)
    if (await sure.isVisible()) await sure.click()
    await expect(frame).toHaveCount(0)
  }

  async switchesTheme(to: 'light' | 'dark'): Promise<void> {
    await this.page.getByRole('button', { name: `Switch to ${to} theme` }).click()
  }
}
