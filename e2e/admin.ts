import { expect, type Page } from '@playwright/test'
import type { Stack } from '@/commands/local/stack'
import type { Person, Telegram } from './telegram'

/** Somebody who runs the shop, in a browser of their own. */
export class Admin {
  constructor(
    readonly page: Page,
    readonly person: Person,
    readonly telegram: Telegram,
    readonly stack: Stack,
  ) {}

  /** Opens a page of the admin, through the login if need be. */
  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.stack.appUrl}${path}`)
    if (!this.page.url().includes('/login')) return
    await this.page.getByRole('button', { name: 'Log in with Telegram' }).click()
    const name = new RegExp(`^${this.person.first_name}\\b`)
    await this.page.getByRole('radio', { name }).first().check()
    await this.page.getByRole('button', { name: 'Log in' }).click()
    await this.page.waitForURL(`${this.stack.appUrl}${path}`)
  }

  /** Presses a button that asks first, says why, and does it. */
  async confirms(button: string, reason: string, confirm: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill(reason)
    await dialog.getByRole('button', { name: confirm, exact: true }).click()
    await expect(dialog).toBeHidden()
  }
}
