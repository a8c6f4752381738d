import { seriousFindings } from './accessibility'
import { expect, test } from './fixtures'

const looks = [
  { name: 'phone', viewport: { width: 360, height: 740 } },
  { name: 'desktop', viewport: { width: 1440, height: 900 } },
] as const
const paths = [
  ...['/', '/plans', '/plans/gold_1m', '/terms', '/privacy', '/nowhere', '/account/deleted'],
] as const

for (const { name, viewport } of looks) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page is accessible and fits a ${name} in ${colorScheme}`, async ({
      page,
      shopper,
    }) => {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      for (const path of paths) {
        await shopper.opens(path)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        expect([path, await seriousFindings(page)]).toEqual([path, []])
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect([path, width]).toEqual([path, viewport.width])
      }
    })
  }
}

test('a visitor gets from the front page to a plan and into Telegram', async ({
  page,
  shopper,
  stack,
}) => {
  await shopper.opens('/')
  await page.getByRole('link', { name: 'See the plans' }).click()
  await page.getByRole('link', { name: /^Gold, 1 month/ }).click()
  await expect(page.getByRole('heading', { name: 'Gold, 1 month' })).toBeVisible()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
  await expect(page.getByText('By paying you accept')).toBeVisible()
  const telegram = page.getByRole('link', { name: 'Open in Telegram' })
  const address = await telegram.getAttribute('href')
  expect(address).toMatch(/\?start=gold_1m$/)
  expect(address).toContain(stack.simulatorUrl)
})

test('a phone is not shown a code to scan', async ({ page, shopper }) => {
  await page.setViewportSize(looks[0].viewport)
  await shopper.opens('/plans/gold_1m')
  await expect(page.getByRole('link', { name: 'Open in Telegram' })).toBeVisible()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeHidden()
})

test('a phone shows what lies below its first screen, without scripts too', async ({
  browser,
  stack,
}) => {
  const context = await browser.newContext({ ...looks[0], javaScriptEnabled: false })
  const page = await context.newPage()
  for (const path of ['/', '/plans']) {
    await page.goto(`${stack.appUrl}${path}`)
    await expect(page.getByText('Who helps me?')).toBeVisible()
    await expect(page.getByText('Coaching').last()).toBeVisible()
  }
  await context.close()
})

test('pages work without scripts', async ({ browser, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${stack.appUrl}/plans`)
  await expect(page.getByRole('link', { name: /^Gold for life/ })).toBeVisible()
  await page.getByText('Can I get a refund?').click()
  await expect(page.getByText('send /paysupport')).toBeVisible()
  await context.close()
})

test('the keyboard reaches the content first and shows where it is', async ({ page, shopper }) => {
  await shopper.opens('/plans')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.locator('main a').first()).toBeFocused()
})

test('nothing is loaded from elsewhere and no policy is broken', async ({ page, stack }) => {
  const elsewhere: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(stack.appUrl)) elsewhere.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) {
      complaints.push(message.text())
    }
  })
  for (const path of ['/', '/plans', '/plans/gold_1m', '/terms', '/privacy']) {
    await page.goto(`${stack.appUrl}${path}`, { waitUntil: 'networkidle' })
  }
  expect(elsewhere).toEqual([])
  expect(complaints).toEqual([])
})

test('no page waits for a style sheet, and every page says where its first picture may begin', async ({
  page,
  stack,
}) => {
  const sheets: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'stylesheet') sheets.push(request.url())
  })
  for (const path of ['/', '/plans', '/plans/gold_1m', '/terms', '/privacy', '/login', '/app']) {
    await page.goto(`${stack.appUrl}${path}`, { waitUntil: 'networkidle' })
    const font = await page.evaluate(() => getComputedStyle(document.body).fontFamily)
    expect([path, font]).toEqual([path, 'system-ui, sans-serif'])
    await expect(page.locator('link[rel=stylesheet], link[as=style]')).toHaveCount(0)
    await expect(page.locator('h1#start')).toHaveCount(path === '/app' ? 0 : 1)
  }
  expect(sheets).toEqual([])
})

test('pages have titles, canonical addresses and previews', async ({ page, stack }) => {
  await page.goto(`${stack.appUrl}/plans/gold_1m?utm_source=x`)
  await expect(page).toHaveTitle('Gold, 1 month · Starpass')
  const canonical = page.locator('link[rel=canonical]')
  await expect(canonical).toHaveAttribute('href', `${stack.appUrl}/plans/gold_1m`)
  const image = await page.locator('meta[property="og:image"]').getAttribute('content')
  expect((await page.request.get(image ?? '')).headers()['content-type']).toBe('image/png')
  const data = JSON.parse((await page.locator('script[type*=ld]').textContent()) ?? '')
  expect(data).toMatchObject({ '@type': 'Product', sku: 'gold_1m' })
})

test('search engines find what is public and stay out of the rest', async ({ request, stack }) => {
  const robots = await (await request.get(`${stack.appUrl}/robots.txt`)).text()
  for (const path of ['/app', '/account', '/admin', '/api/']) {
    expect(robots).toContain(`Disallow: ${path}\n`)
  }
  const sitemap = await (await request.get(`${stack.appUrl}/sitemap.xml`)).text()
  expect(sitemap).toContain(`<loc>${stack.appUrl}/plans/gold_1m</loc>`)
})

for (const path of ['/', '/share.png', '/nowhere', '/api/health', '/api/v1/me', '/api/nowhere']) {
  test(`no browser may guess what the answer of ${path} is`, async ({ request, stack }) => {
    const headers = (await request.get(`${stack.appUrl}${path}`)).headers()
    expect(headers['x-content-type-options']).toBe('nosniff')
    // The address of this shop is not HTTPS.
    expect(headers['strict-transport-security']).toBeUndefined()
  })
}

for (const path of ['/nowhere', '/plans/unknown', '/plans/%00', '/logo']) {
  test(`${path} is not found`, async ({ request, stack }) => {
    expect((await request.get(`${stack.appUrl}${path}`)).status()).toBe(404)
  })
}
