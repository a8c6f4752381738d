import type { Page } from '@playwright/test'
import { seriousFindings } from './accessibility'
import { expect, test } from './fixtures'

const themes = ['light', 'dark'] as const

/** The sum of unexpected movements so far, as browsers measure it, in the frame of our app. */
async function layoutShift(page: Page, appUrl: string): Promise<number> {
  const frame = page.frames().find((each) => each.url().startsWith(appUrl))
  const shift = await frame?.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const isUnexpected = 'hadRecentInput' in entry && !entry.hadRecentInput
            if (isUnexpected && 'value' in entry) sum += Number(entry.value)
          }
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        // Buffered entries are handed over before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )
  if (shift === undefined) throw new Error('The app is not on this page.')
  return shift
}

for (const theme of themes) {
  test(`the way into Telegram has no serious fault in ${theme}`, async ({ page, shopper }) => {
    await page.emulateMedia({ colorScheme: theme })
    await shopper.opens('/app')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await seriousFindings(page)).toEqual([])
  })

  test(`plans, success and account have no serious fault and do not move in ${theme}`, async ({
    page,
    shopper,
  }) => {
    await page.emulateMedia({ colorScheme: theme })
    await shopper.opensTheMiniApp()
    await expect(shopper.offer('Gold, 1 month')).toBeEnabled()
    expect(await seriousFindings(page)).toEqual([])
    await shopper.asksFor('Gold, 1 month')
    await expect(shopper.paymentSheet).toBeVisible()
    expect(await seriousFindings(page)).toEqual([])
    await shopper.paysInTheSheet()
    await shopper.seesSuccess('Gold, 1 month')
    expect(await seriousFindings(page)).toEqual([])
    await shopper.opensTheAccount()
    await expect(shopper.app.getByRole('region', { name: 'Payments' })).toBeVisible()
    expect(await seriousFindings(page)).toEqual([])
    expect(await layoutShift(page, shopper.appUrl)).toBeLessThanOrEqual(0.02)
  })

  test(`the plans appear without moving what is there in ${theme}`, async ({ page, shopper }) => {
    await page.emulateMedia({ colorScheme: theme })
    await shopper.opensTheMiniApp()
    await expect(shopper.offer('Gold, 1 month')).toBeEnabled()
    expect(await layoutShift(page, shopper.appUrl)).toBeLessThanOrEqual(0.02)
  })
}

test('the account opened by itself does not move', async ({ page, shopper, telegram }) => {
  const { launch_url: launchUrl } = await telegram.launches(shopper.person)
  const address = new URL(launchUrl)
  address.pathname = '/app/account'
  await page.goto(address.href)
  await expect(page.getByRole('heading', { name: 'No plans yet' })).toBeVisible()
  expect(await layoutShift(page, shopper.appUrl)).toBeLessThanOrEqual(0.02)
})

test('the Mini App follows the theme while it is open', async ({ page, shopper }) => {
  await shopper.opensTheMiniApp()
  const background = () =>
    shopper.app.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
  const light = await background()
  await shopper.switchesTheme('dark')
  await expect.poll(background).not.toBe(light)
  await shopper.switchesTheme('light')
  await expect.poll(background).toBe(light)
  expect(await layoutShift(page, shopper.appUrl)).toBeLessThanOrEqual(0.02)
})
