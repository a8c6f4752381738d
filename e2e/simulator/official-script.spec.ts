import { expect, test } from './fixtures'

/** Telegram's own script (npm `@twa-dev/sdk`, SDK 8) as a judge of the host. */

test('host: the official script starts up and learns theme, viewport and safe areas', async ({
  page,
  person,
}) => {
  await person.opensApp('official')
  const css = (name: string) =>
    person.runs(
      `getComputedStyle(document.documentElement).getPropertyValue('--tg-${name}').trim()`,
    )
  expect(await person.runs('[app.platform, app.version]')).toEqual(['weba', '9.1'])
  expect(await person.runs('app.initDataUnsafe.user.id')).toBe(person.id)
  expect(await css('theme-bg-color')).toBe('#ffffff')
  const frame = page.locator('iframe[title="Mini App"]')
  const height = await frame.evaluate((element) => element.clientHeight)
  await expect.poll(() => css('viewport-height')).toBe(`${height}px`)
  await expect.poll(() => css('viewport-stable-height')).toBe(`${height}px`)
  for (const inset of ['safe-area-inset-top', 'content-safe-area-inset-top']) {
    await expect.poll(() => css(inset)).toBe('0px')
  }
  expect(await person.runs('[app.isExpanded, app.isFullscreen]')).toEqual([true, false])

  await page.getByRole('button', { name: 'Switch to dark theme' }).click()
  await expect.poll(() => person.runs('app.colorScheme')).toBe('dark')
  await expect.poll(() => css('theme-bg-color')).toBe('#1c1d27')
})

test('host: the official script drives buttons, a popup and full screen', async ({
  page,
  person,
}) => {
  await person.opensApp('official')
  const told = (name: string) => person.runs(`told.some((each) => each.name === '${name}')`)
  await person.runs(`void (app.MainButton.setText('Buy').show(), app.SecondaryButton.setText('Later').show(),
    app.BackButton.show(), app.SettingsButton.show())`)
  for (const [label, event] of [
    ['Buy', 'mainButtonClicked'],
    ['Later', 'secondaryButtonClicked'],
    ['Back', 'backButtonClicked'],
    ['Settings', 'settingsButtonClicked'],
  ] as const) {
    await person.app.getByRole('button', { name: label }).click()
    await expect.poll(() => told(event)).toBe(true)
  }
  await person.runs(`void app.showConfirm('Sure?', (yes) => { window.sure = yes })`)
  await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click()
  await expect.poll(() => person.runs('window.sure')).toBe(true)

  await person.runs(`void app.requestFullscreen()`)
  await expect.poll(() => person.runs('app.isFullscreen')).toBe(true)
  await expect.poll(() => person.runs('app.contentSafeAreaInset.top')).toBe(56)
  await person.runs(`void app.CloudStorage.setItem('greeting', 'hello')`)
  await person.runs(
    `void app.CloudStorage.getItem('greeting', (_, value) => { window.kept = value })`,
  )
  await expect.poll(() => person.runs('window.kept')).toBe('hello')
})

test('host: the official script hears all four ends of an invoice', async ({
  person,
  bot,
  misbehaves,
}) => {
  await person.opensApp('official', 'web')
  const link = await bot.sells()
  const opens = async () => {
    await person.runs(
      `void (window.status = '', app.openInvoice('${link}', (status) => { window.status = status }))`,
    )
    await expect(person.sheet).toBeVisible()
  }
  const ends = (status: string) => expect.poll(() => person.runs('status')).toBe(status)
  await opens()
  await person.closesSheet()
  await ends('cancelled')

  bot.mood = 'refuses'
  await opens()
  await person.pays()
  await expect(person.sheet).toContainText('Sold out')
  await person.closesSheet()
  await ends('failed')

  bot.mood = 'approves'
  await opens()
  await person.pays()
  await ends('paid')

  await misbehaves({ hold: ['pre_checkout_query'] })
  await opens()
  await person.pays()
  await expect(person.sheet.getByRole('button', { name: 'Paying…' })).toBeVisible()
  await person.closesSheet()
  await ends('pending')
})
