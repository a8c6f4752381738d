import type { Page } from '@playwright/test'
import { seriousFindings } from './accessibility'
import { buyer, test } from './admin-fixtures'
import { expect } from './fixtures'
import type { LocalStack } from './local-stack'
import { runsSql } from './sql'

/** What the clock has the worker do every minute, now. */
async function rollsUp(stack: LocalStack): Promise<void> {
  const [job] = await runsSql(stack, `select id from graphile_worker.add_job('roll_up_days')`)
  const left = 'select id from graphile_worker.jobs where id = $1'
  await expect
    .poll(async () => (await runsSql(stack, left, [job.id])).length, { timeout: 30_000 })
    .toBe(0)
}

/** Of today (UTC), out of the raw rows. */
async function soldToday(stack: LocalStack): Promise<{ charges: number; stars: number }> {
  const [row] = await runsSql(
    stack,
    `select count(*)::int as charges,
       coalesce(sum(amount) filter (where currency = 'XTR'), 0)::int as stars
     from payment_events where charge_id is not null
       and (charged_at at time zone 'UTC')::date = (now() at time zone 'UTC')::date`,
  )
  return row
}

const number = new Intl.NumberFormat('en')
const figure = (page: Page, heading: string) =>
  page
    .getByRole('figure')
    .filter({ has: page.getByRole('heading', { name: heading, exact: true }) })

async function opensTheNumbers(page: Page, heading: string) {
  const chart = figure(page, heading)
  await chart.getByText('The numbers as a table').click()
  return chart.getByRole('table')
}

test('a purchase is in the sums, the picture and the table, and leads to its payments', async ({
  admin,
  stack,
  telegram,
}) => {
  await buyer(stack, telegram)
  await rollsUp(stack)
  const { charges, stars } = await soldToday(stack)
  const { page } = admin
  await admin.opens('/admin')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')

  const today = page.getByRole('region', { name: 'Today', exact: true })
  await expect(today).toContainText(
    charges === 1 ? '1 payment' : `${number.format(charges)} payments`,
  )
  await expect(today).toContainText(number.format(stars))
  await expect(today).toContainText('estimate')

  // The newest day stands first in the table and last in the picture.
  const table = await opensTheNumbers(page, 'Stars')
  await expect(table.locator('tbody tr')).toHaveCount(30)
  await expect(table.locator('tbody tr').first()).toContainText(number.format(stars))
  const plot = figure(page, 'Stars').getByRole('img', { name: /per day/ })
  await expect(plot.locator('svg').first()).toBeVisible()
  const box = await plot.boundingBox()
  if (!box) throw new Error('the picture has no room')
  await plot.hover({ position: { x: box.width - 22, y: box.height / 2 } })
  const said = plot.locator('.recharts-tooltip-wrapper')
  await expect(said).toContainText(new Date().toISOString().slice(0, 10))
  await expect(said).toContainText(number.format(stars))

  const plans = page.getByRole('region', { name: 'By plan' })
  await plans.getByRole('link', { name: 'gold_1m' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments' })).toBeVisible()
  await expect(page).toHaveURL(/plan=gold_1m/)
})

test('the days shown stand in the address', async ({ admin, stack, telegram }) => {
  await buyer(stack, telegram)
  await rollsUp(stack)
  const { page } = admin
  await admin.opens('/admin')
  await page.getByRole('link', { name: '90 days', exact: true }).click()
  await expect(page).toHaveURL(/\?days=90$/)
  await expect(page.getByRole('heading', { name: 'The last 90 days' })).toBeVisible()
  const table = await opensTheNumbers(page, 'Access')
  await expect(table.locator('tbody tr')).toHaveCount(90)
  await page.goto(`${stack.appUrl}/admin?days=7`)
  await expect(page.getByRole('link', { name: '7 days', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  )
})

test('the page tells its own numbers while Telegram is away', async ({
  admin,
  stack,
  telegram,
}) => {
  await buyer(stack, telegram)
  await rollsUp(stack)
  const { page } = admin
  await admin.opens('/admin')
  const stars = page.getByRole('region', { name: 'The bot’s Stars' })
  await expect(stars.getByText('Balance')).toBeVisible()
  await telegram.misbehaves({ api: { getMyStarBalance: { status: 500 } } })
  await page.reload()
  await expect(stars.getByText('Telegram does not say at the moment.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Today', exact: true })).toContainText('payment')
})

const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const

for (const [size, viewport] of Object.entries(sizes)) {
  test.describe(size, () => {
    test.use({ viewport })

    test(`the overview is accessible, breaks no rule of its policy and fits a ${size}`, async ({
      admin,
      stack,
      telegram,
    }) => {
      await buyer(stack, telegram)
      await rollsUp(stack)
      const { page } = admin
      const refused: string[] = []
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text())
      })
      await admin.opens('/admin')
      await page.goto(`${stack.appUrl}/admin`, { waitUntil: 'networkidle' })
      await expect(figure(page, 'Stars').getByRole('img').locator('svg').first()).toBeVisible()
      expect(refused).toEqual([])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []])
        await page.screenshot({
          path: `test-results/admin/overview-${size}-${colorScheme}.png`,
          fullPage: true,
        })
      }
      await opensTheNumbers(page, 'Payments')
      expect(await seriousFindings(page)).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      )
      expect(overflow).toBe(0)
    })
  })
}
