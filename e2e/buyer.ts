import type { BrowserContext, Page } from '@playwright/test'
import decodeQR from 'qr/decode.js'
import { z } from 'zod'
import { expect } from './fixtures'
import type { LocalStack } from './local-stack'
import type { Person, Telegram } from './telegram'

const invoiceStatus = z.object({ status: z.string() })
const opened = z.object({ kind: z.literal('invoice'), slug: z.string() })

/** Somebody who buys in an ordinary browser, with Telegram on a phone of their own. */
export class Buyer {
  constructor(
    readonly page: Page,
    readonly person: Person,
    readonly telegram: Telegram,
    readonly stack: LocalStack,
  ) {}

  get context(): BrowserContext {
    return this.page.context()
  }

  /** The id of the purchase that the page shows. */
  get invoiceId(): string {
    return new URL(this.page.url()).pathname.split('/')[2] ?? ''
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.stack.appUrl}${path}`)
  }

  /** From the plan's page through Telegram's login, and back by itself. */
  async logsInFrom(planCode: string): Promise<void> {
    await this.opens(`/plans/${planCode}`)
    await this.page.getByRole('link', { name: 'Log in with Telegram to buy' }).click()
    await this.page.getByRole('button', { name: 'Log in with Telegram' }).click()
    await this.page.getByRole('radio', { name: this.person.first_name, exact: true }).check()
    await this.page.getByRole('button', { name: 'Log in' }).click()
    await this.page.waitForURL(`${this.stack.appUrl}/plans/${planCode}`)
  }

  async asksToPayWithStars(): Promise<void> {
    await this.page.getByRole('button', { name: /with Telegram Stars$/ }).click()
    await this.seesTheLink()
  }

  async seesTheLink(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Pay in Telegram' })).toBeVisible()
  }

  async asksToPayByCard(): Promise<void> {
    await this.page.getByRole('button', { name: /by card$/ }).click()
    await expect(this.page.getByRole('heading', { name: 'Simulated card payment' })).toBeVisible()
  }

  async typesTheCard(number: string): Promise<void> {
    await this.page.getByLabel('Card number').fill(number)
    await this.page.getByRole('button', { name: /^(Pay|Subscribe)/ }).click()
  }

  /** The link as the page writes it. */
  async link(): Promise<string> {
    return await this.page.getByLabel('Payment link').inputValue()
  }

  /** What a camera reads off the screen. */
  async scans(): Promise<string> {
    const code = this.page.getByRole('img', { name: /^QR code that opens the payment/ })
    await expect(code).toBeVisible()
    const rows = await code.evaluate((svg) => {
      const { x, y, width, height } = (svg as SVGSVGElement).viewBox.baseVal
      const path = svg.querySelector('path')
      const isDark = (column: number, row: number) =>
        path?.isPointInStroke(new DOMPoint(x + column + 0.5, y + row + 0.5)) ?? false
      return Array.from({ length: height }, (_, row) =>
        Array.from({ length: width }, (_, column) => isDark(column, row)),
      )
    })
    return decodeQR(picture(rows))
  }

  /** Opens the link on a phone and pays there. */
  async paysOnThePhone(link: string, as = this.person): Promise<string> {
    const response = await fetch(`${this.telegram.url}/control/links`, {
      method: 'POST',
      body: JSON.stringify({ person_id: as.id, link }),
    })
    opened.parse(await response.json())
    return (await this.telegram.pays(as, link)).status
  }

  /** Stripe's events that were held back or wait for another try arrive now. */
  async hearsFromTheBank(): Promise<void> {
    await fetch(`${this.telegram.url}/control/stripe/deliver`, { method: 'POST', body: '{}' })
  }

  async seesSuccess(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `${name} is yours` })).toBeVisible()
    await expect(this.page).toHaveTitle(`${name} is yours · Starpass`)
  }

  /** As REST says, by the browser's own session. */
  async statusOf(invoiceId: string): Promise<string> {
    const path = `${this.stack.appUrl}/api/v1/invoices/${invoiceId}`
    return invoiceStatus.parse(await (await this.context.request.get(path)).json()).status
  }
}

const scale = 4

function picture(rows: boolean[][]) {
  const size = rows.length * scale
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const isDark = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? false
      data.fill(isDark ? 0 : 255, (y * size + x) * 4, (y * size + x) * 4 + 3)
      data[(y * size + x) * 4 + 3] = 255
    }
  }
  return { width: size, height: size, data }
}
