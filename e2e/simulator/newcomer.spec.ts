import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

/** The client itself: observer, Stars, keyboard, phones, and nothing serious for axe. */

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))
}

test('client: Stars show balance, subscriptions and transactions, and take orders', async ({
  page,
  person,
  bot,
  waits,
}) => {
  await person.opensTelegram()
  await person.pressesStart()
  await person.button('Stars').click()
  const stars = page.getByRole('dialog', { name: 'Telegram Stars' })
  await expect(stars).toContainText('Nothing was bought yet')
  await stars.getByRole('button', { name: 'Add ⭐ 500', exact: true }).click()
  await expect(stars).toContainText('5500')
  await page.keyboard.press('Escape')

  const link = await bot.sells({ title: 'Gold', subscription: true })
  await bot.writes(person.id, 'Gold', {
    reply_markup: { inline_keyboard: [[{ text: 'Subscribe', url: link }]] },
  })
  await person.button('Subscribe').click()
  await expect(person.sheet).toContainText('every 30 days')
  await person.pays()
  await expect(person.chat).toContainText('You paid')
  await expect(person.sheet).toBeHidden()

  await person.button('Stars').click()
  await expect(stars).toContainText('Next charge on')
  await stars.getByRole('button', { name: /^Cancel/ }).click()
  await expect(stars).toContainText('Cancelled, runs until')
  await stars.getByRole('button', { name: /^Renew again/ }).click()
  await expect(stars).toContainText('Next charge on')
  await waits(30 * 86_400 + 60)
  await expect(stars.getByRole('button', { name: /^Gold .*500$/ })).toHaveCount(2)
  await expect(stars).toContainText('4500')
  await stars
    .getByRole('button', { name: /^Gold .*500$/ })
    .first()
    .click()
  await expect(page.getByRole('dialog', { name: 'Receipt' }).locator('code')).toHaveText(/^stx/)
})

test('client: the observer shows, searches, replays and moves time, by keyboard too', async ({
  page,
  person,
  bot,
}) => {
  await person.opensTelegram()
  await page.getByRole('button', { name: 'Show the observer' }).first().click()
  const observer = page.getByRole('complementary', { name: 'Observer' })
  await person.pressesStart()
  await observer.getByRole('searchbox').fill(String(person.id))
  const delivery = observer.getByRole('button', { name: /Webhook: message/ })
  await delivery.focus()
  await page.keyboard.press('Enter')
  await expect(observer).toContainText('"text": "/start"')
  await observer.getByRole('button', { name: /^Replay/ }).click()
  await expect(delivery).toHaveCount(2)
  expect(bot.received.filter(({ message }) => message?.text === '/start')).toHaveLength(2)
  await bot.writes(person.id, 'Hello')
  await expect(observer.getByRole('button', { name: /Bot API: sendMessage/ })).toBeVisible()
  await observer.getByRole('button', { name: 'Bot API', exact: true }).click()
  await expect(observer.getByRole('button', { name: /Bot API: sendMessage/ })).toBeHidden()

  await observer.getByRole('tab', { name: 'Traffic' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await observer.getByRole('button', { name: '+1 hour' }).click()
  await expect(observer).toContainText('1 hour')
  await page.keyboard.press('Shift+Tab')
  await observer.getByRole('tab', { name: 'Faults' }).click()
  await observer.getByRole('checkbox', { name: 'Duplicates' }).check()
  await expect(observer.getByRole('tab', { name: /Faults 1 on/ })).toBeVisible()
  bot.received = []
  await page.getByRole('textbox', { name: 'Message' }).fill('twice')
  await page.keyboard.press('Enter')
  await expect.poll(() => bot.received.length).toBe(2)
  await observer.getByRole('button', { name: 'All well again' }).click()
  await expect(observer.getByRole('checkbox', { name: 'Duplicates' })).not.toBeChecked()
})

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`client: axe finds nothing serious in ${theme} at ${width} pixels`, async ({
      page,
      person,
      bot,
    }) => {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.goto(`${person.telegramUrl}/`)
      await expect(page.getByRole('list', { name: 'People' })).toBeVisible()
      expect(await seriousFindings(page)).toEqual([])
      await person.opensApp('plain')
      await person.says('web_app_ready')
      await person.asksToPay(await bot.sells({ card: true }))
      expect(await seriousFindings(page)).toEqual([])
      await person.closesSheet()
      await person.closesApp()
      await page.getByRole('button', { name: 'Show the observer' }).first().click()
      for (const tab of ['Traffic', 'Queues', 'Clock', 'Faults']) {
        await page.getByRole('tab', { name: tab }).click()
        expect(await seriousFindings(page)).toEqual([])
      }
      await page.getByRole('button', { name: 'Close the observer' }).click()
      if (width < 700) await page.getByRole('button', { name: 'Back' }).click()
      await person.button('Stars').click()
      expect(await seriousFindings(page)).toEqual([])
    })
  }
}
