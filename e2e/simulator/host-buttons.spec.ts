import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures'

/** Buttons, colours, haptics, links, closing (protocol.md C.3). */

const colorOf = (element: Locator) =>
  element.evaluate((node) => getComputedStyle(node).backgroundColor)

test('host: a main button is drawn, pressed and replaced as a whole', async ({ person }) => {
  await person.opensApp('plain')
  const whole = { is_visible: true, is_active: true, text: 'Buy', color: '#aa0033' }
  await person.says('web_app_setup_main_button', { ...whole, text_color: '#ffffff' })
  const buy = person.app.getByRole('button', { name: 'Buy' })
  await buy.click()
  await expect.poll(() => person.dataOf('main_button_pressed')).toHaveLength(1)
  expect(await colorOf(buy)).toBe('rgb(170, 0, 51)')
  // In Web A sizes are told once the buttons have moved.
  await person.hears('viewport_changed')
  await person.hears('safe_area_changed', { top: 0 })

  // What a call leaves out is off: not active, no colour of its own.
  await person.says('web_app_setup_main_button', { is_visible: true, text: 'Buy' })
  await expect(buy).toBeDisabled()
  expect(await colorOf(buy)).not.toBe('rgb(170, 0, 51)')

  const waiting = { ...whole, text: 'Paying', is_progress_visible: true }
  await person.says('web_app_setup_main_button', waiting)
  await expect(person.app.getByRole('button', { name: 'Paying' })).toHaveAttribute(
    'aria-busy',
    'true',
  )
  await person.says('web_app_setup_main_button', { is_visible: true, is_active: true, text: ' ' })
  await expect(person.app.locator('.bar')).toBeHidden()
})

test('host: a secondary button takes its place beside the main one', async ({ person }) => {
  await person.opensApp('plain')
  const button = { is_visible: true, is_active: true }
  await person.says('web_app_setup_main_button', { ...button, text: 'Buy' })
  const main = person.app.getByRole('button', { name: 'Buy' })
  const second = person.app.getByRole('button', { name: 'Later' })
  const place = async () => {
    const [a, b] = [await second.boundingBox(), await main.boundingBox()]
    if (!a || !b) return 'nowhere'
    if (Math.abs(a.y - b.y) < 2) return a.x < b.x ? 'left' : 'right'
    return a.y < b.y ? 'top' : 'bottom'
  }
  for (const position of ['left', 'right', 'top', 'bottom']) {
    await person.says('web_app_setup_secondary_button', { ...button, text: 'Later', position })
    await expect.poll(place).toBe(position)
  }
  await second.click()
  await expect.poll(() => person.dataOf('secondary_button_pressed')).toHaveLength(1)
})

test('host: back and settings buttons come, go and report', async ({ person }) => {
  await person.opensApp('plain')
  for (const [name, label] of [
    ['back', 'Back'],
    ['settings', 'Settings'],
  ] as const) {
    const button = person.app.getByRole('button', { name: label })
    await expect(button).toBeHidden()
    await person.says(`web_app_setup_${name}_button`, { is_visible: true })
    await button.click()
    await expect.poll(() => person.dataOf(`${name}_button_pressed`)).toHaveLength(1)
    await person.says(`web_app_setup_${name}_button`, { is_visible: false })
    await expect(button).toBeHidden()
  }
})

test('host: closing asks first when the app wants it, and always in Web A once asked', async ({
  page,
  person,
}) => {
  const question = page.getByRole('dialog', { name: 'Close the Mini App?' })
  await person.opensApp('plain', 'web')
  await person.says('web_app_setup_closing_behavior', { need_confirmation: true })
  await person.waitsItsTurn()
  await person.closesApp()
  await question.getByRole('button', { name: 'Stay' }).click()
  await person.says('web_app_setup_closing_behavior', { need_confirmation: false })
  await person.waitsItsTurn()
  await person.closesApp()
  await expect(person.app).toBeHidden()

  await person.opensTelegram('weba')
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await person.says('web_app_setup_closing_behavior', { need_confirmation: false })
  await person.waitsItsTurn()
  await person.closesApp()
  await question.getByRole('button', { name: 'Close anyway' }).click()
  await expect(person.app).toBeHidden()
})

test('host: header, background and bottom bar take the colours of the app', async ({ person }) => {
  await person.opensApp('plain')
  const header = person.app.locator('.app-header')
  await person.says('web_app_set_header_color', { color: '#204060' })
  await person.says('web_app_set_background_color', { color: '#305070' })
  await person.says('web_app_set_bottom_bar_color', { color: '#406080' })
  await person.says('web_app_setup_main_button', { is_visible: true, text: 'Buy' })
  await expect.poll(() => colorOf(header)).toBe('rgb(32, 64, 96)')
  await expect.poll(() => colorOf(person.app.locator('.app-page'))).toBe('rgb(48, 80, 112)')
  await expect.poll(() => colorOf(person.app.locator('.bar'))).toBe('rgb(64, 96, 128)')
  await person.says('web_app_set_header_color', { color_key: 'secondary_bg_color' })
  await expect.poll(() => colorOf(header)).toBe('rgb(241, 242, 247)')
})

test('host: links open outside, and only http and https', async ({ page, person }) => {
  await person.opensApp('plain')
  const press = async (url: string) => {
    await person.runs(
      `void (document.querySelector('button').dataset.url = ${JSON.stringify(url)})`,
    )
    await person.frameLocator.getByRole('button').click()
    await person.waitsItsTurn()
  }
  const tab = page.waitForEvent('popup')
  await press(`${person.appsUrl}/elsewhere`)
  expect((await tab).url()).toContain('/elsewhere')

  const tabs = page.context().pages().length
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'tg://resolve?domain=x', '']) {
    await press(url)
  }
  expect(page.context().pages()).toHaveLength(tabs)

  // A t.me link leads to the web page of Telegram, here a second client.
  const telegram = page.waitForEvent('popup')
  await press('https://t.me/starpass_demo_bot?start=gold')
  await expect.poll(async () => (await telegram).url()).toContain('/#/')
})

test('host: haptics show as a pulse', async ({ page, person }) => {
  await page.addInitScript(() => {
    const animate = Element.prototype.animate
    const seen: string[] = []
    Reflect.set(window, 'seenPulses', seen)
    Element.prototype.animate = function (frames, options) {
      if (typeof options === 'object' && options.id === 'haptic') seen.push(options.id)
      return animate.call(this, frames, options)
    }
  })
  const pulses = () => page.evaluate('seenPulses.length')
  await person.opensApp('plain', 'android')
  await person.says('web_app_trigger_haptic_feedback', { type: 'impact', impact_style: 'light' })
  await person.says('web_app_trigger_haptic_feedback', {
    type: 'notification',
    notification_type: 'success',
  })
  await person.waitsItsTurn()
  expect(await pulses()).toBe(2)

  // A browser has nothing to tremble with.
  await person.opensTelegram('weba')
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await person.says('web_app_trigger_haptic_feedback', { type: 'selection_change' })
  await person.waitsItsTurn()
  expect(await pulses()).toBe(0)
})
