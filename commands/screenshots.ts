import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { Admin } from '@/e2e/admin'
import { Shopper } from '@/e2e/shopper'
import { Telegram } from '@/e2e/telegram'
import { buildIfChanged } from './local/build'
import { chromiumArguments, requireChromium } from './local/chromium'
import { freePort } from './local/ports'
import { runCommand, step } from './local/progress'
import { makeSecrets } from './local/secrets'
import { createStack, type Stack } from './local/stack'

/** `npm run screenshots`: the pictures of the README, taken again from the running product. */
const folder = join('docs', 'screenshots')
const phone = { width: 390, height: 780 }
const desktop = { width: 1280, height: 800 }

await runCommand(async () => {
  const data = await mkdtemp(join(tmpdir(), 'starpass-screenshots-'))
  const stack = createStack({
    mode: 'production',
    dataFolder: join(data, 'postgres'),
    ports: { app: await freePort(), simulator: await freePort(), postgres: await freePort() },
    secrets: makeSecrets(),
    unsafeButFast: true,
    step,
  })
  const browser = await chromium.launch({
    executablePath: requireChromium(),
    args: chromiumArguments,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    await step('Build the app for production', buildIfChanged)
    await stack.start()
    await mkdir(folder, { recursive: true })
    await step('Take the pictures of the web pages', () => takeWeb(browser, stack))
    await step('Take the desktop pictures', () => takeDesktop(browser, stack))
    await step('Take the phone pictures', () => takePhone(browser, stack, 'light'))
    await step('Take the dark phone pictures', () => takePhone(browser, stack, 'dark'))
    await step('Take the pictures of the admin', () => takeAdmin(browser, stack))
    console.log(`\nThe pictures are in ${folder}/.`)
  } finally {
    await browser.close()
    await stack.stop()
    await rm(data, { recursive: true, force: true })
  }
})

type Look = { viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' }

function openBrowser(browser: Browser, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    ...look,
    locale: 'en-GB',
    timezoneId: 'UTC',
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  })
}

async function openShopper(browser: Browser, stack: Stack, look: Look): Promise<Shopper> {
  const context = await openBrowser(browser, look)
  const telegram = new Telegram(stack.simulatorUrl)
  const person = await telegram.hasPerson({ firstName: 'Maya', stars: 3000 })
  return new Shopper(await context.newPage(), person, telegram, stack.appUrl)
}

/** The pages for ordinary browsers, as a visitor sees them. */
async function takeWeb(browser: Browser, stack: Stack): Promise<void> {
  const looks = [
    { name: '', viewport: desktop, colorScheme: 'light' },
    { name: '-dark', viewport: desktop, colorScheme: 'dark' },
    { name: '-phone', viewport: phone, colorScheme: 'light' },
  ] as const
  for (const { name, ...look } of looks) {
    const context = await openBrowser(browser, look)
    const page = await context.newPage()
    for (const [part, path] of [
      ['landing', '/'],
      ['plan', '/plans/gold_1m'],
    ]) {
      await page.goto(`${stack.appUrl}${path}`)
      await take(page, `web-${part}${name}`)
    }
    await context.close()
  }
}

async function takeDesktop(browser: Browser, stack: Stack): Promise<void> {
  const shopper = await openShopper(browser, stack, { viewport: desktop, colorScheme: 'light' })
  await shopper.opensTheMiniApp()
  await shopper.chooses('Gold, 1 month')
  await take(shopper.page, 'simulator')
  await shopper.mainButton(/^Buy/).click()
  await shopper.paymentSheet.waitFor()
  await take(shopper.page, 'payment')
  await shopper.paysInTheSheet()
  await seesItsEnd(shopper)
  await shopper.chat.getByText('Gold, 1 month is active').waitFor()
  await take(shopper.page, 'bought')
  await shopper.page.context().close()
}

async function takePhone(
  browser: Browser,
  stack: Stack,
  colorScheme: Look['colorScheme'],
): Promise<void> {
  const shopper = await openShopper(browser, stack, { viewport: phone, colorScheme })
  const name = (part: string) => (colorScheme === 'dark' ? `${part}-dark` : part)
  await shopper.opensTheMiniApp()
  await shopper.chooses('Gold, 1 month')
  await take(shopper.page, name('picker'))
  await shopper.mainButton(/^Buy/).click()
  await shopper.paysInTheSheet()
  await seesItsEnd(shopper)
  await take(shopper.page, name('success'))
  await shopper.opensTheAccount()
  await shopper.app.getByRole('region', { name: 'Payments' }).waitFor()
  await take(shopper.page, name('account'))
  await shopper.closesTheMiniApp()
  await shopper.chat.getByText('Gold, 1 month is active').waitFor()
  await take(shopper.page, name('chat'))
  await shopper.page.context().close()
}

/** The shop after these sales, as its owner sees it. */
async function takeAdmin(browser: Browser, stack: Stack): Promise<void> {
  await rollUp(stack.databaseUrl)
  const telegram = new Telegram(stack.simulatorUrl)
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await openBrowser(browser, { viewport: desktop, colorScheme })
    const admin = new Admin(await context.newPage(), await telegram.firstPerson(), telegram, stack)
    for (const [part, path] of [
      ['overview', '/admin'],
      ['payments', '/admin/payments'],
    ] as const) {
      await admin.opens(path)
      await admin.page.waitForLoadState('networkidle')
      await take(admin.page, colorScheme === 'dark' ? `admin-${part}-dark` : `admin-${part}`)
    }
    await context.close()
  }
}

/** The worker sums the days up every minute; this asks it to do so now. */
async function rollUp(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query("select id from graphile_worker.add_job('roll_up_days')")
    const left = 'select from graphile_worker.jobs where id = $1'
    while ((await client.query(left, [rows[0]?.id])).rowCount !== 0) await sleep(200)
  } finally {
    await client.end()
  }
}

/** The sheet has gone by itself, and the page knows how long the plan runs. */
async function seesItsEnd(shopper: Shopper): Promise<void> {
  await shopper.seesSuccess('Gold, 1 month')
  await shopper.paymentSheet.waitFor({ state: 'hidden' })
  await shopper.app.getByText(/^until \d/).waitFor()
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
