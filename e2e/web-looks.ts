import { expect, type Page } from '@playwright/test'
import { seriousFindings } from './accessibility'

export const looks = {
  phone: { width: 360, height: 740 },
  desktop: { width: 1440, height: 900 },
} as const
export const lookNames = ['phone', 'desktop'] as const

/** What axe calls serious or critical, and what is wider than the screen. */
export async function faults(page: Page): Promise<string[]> {
  // While a page is drawn anew after an action, its title comes a moment after its text.
  await expect(page).toHaveTitle(/\S/)
  const serious = await seriousFindings(page)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  )
  return overflow > 0 ? [...serious, `wider than the screen by ${overflow}`] : serious
}

/** The same in light and in dark, one after the other; each with what the page shows. */
export async function faultsInAnyLight(page: Page, state: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const here = await faults(page)
    found.push(...here.map((fault) => `${state} in ${colorScheme}: ${fault}`))
  }
  return found
}

/** The sum of unexpected movements since the page was opened. */
export async function movement(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const isUnexpected = 'hadRecentInput' in entry && !entry.hadRecentInput
            if (isUnexpected && 'value' in entry) sum += Number(entry.value)
          }
        }).observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )
}
