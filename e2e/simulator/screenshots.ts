import { mkdir } from 'node:fs/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { chromiumArguments, requireChromium } from '@/commands/local/chromium'
import { type Simulator, startSimulator } from '@/simulator/server/start'
import { Bot } from './bot'
import { servePages } from './pages'

/** `tsx e2e/simulator/screenshots.ts`: draws the pictures of simulator/README.md anew. */

const FOLDER = 'docs/screenshots'
const ANN = 279_058_397
const DESKTOP = { width: 1280, height: 800 }
const WIDE = { width: 1680, height: 900 }
const PHONE = { width: 390, height: 780 }

type Scene = { simulator: Simulator; browser: Browser; bot: Bot; appsUrl: string }
type Look = { theme: 'light' | 'dark'; size: { width: number; height: number }; query?: string }

async function control(simulator: Simulator, path: string, body: object): Promise<void> {
  await fetch(`${simulator.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body) })
}

/** A conversation with something to see in it. */
async function prepare({ simulator, bot, appsUrl }: Scene): Promise<void> {
  await control(simulator, 'messages', { person_id: ANN, text: '/start' })
  await bot.writes(
    ANN,
    '<b>Welcome to the Corner Shop!</b>\nSend /buy to see the plans, or open the shop below.',
    {
      parse_mode: 'HTML',
    },
  )
  await control(simulator, 'messages', { person_id: ANN, text: '/buy' })
  await bot.sendsInvoice(ANN, { title: 'Silver', amount: 250 })
  const link = await bot.sells({ title: 'Gold', subscription: true })
  await control(simulator, 'pay', { person_id: ANN, link })
  await bot.writes(ANN, 'Thank you! Gold is active for thirty days.', {
    reply_markup: { inline_keyboard: [[{ text: 'My plans', callback_data: 'plans' }]] },
  })
  const shop = `${appsUrl}/shop?link=${encodeURIComponent(await bot.sells({ subscription: true }))}`
  await bot.calls('setChatMenuButton', {
    menu_button: { type: 'web_app', text: 'Shop', web_app: { url: shop } },
  })
}

async function visit(scene: Scene, { theme, size, query = '' }: Look): Promise<Page> {
  const context = await scene.browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    deviceScaleFactor: size === PHONE ? 2 : 1,
  })
  const page = await context.newPage()
  await page.goto(`${scene.simulator.url}/${query}#/p/${ANN}`)
  await page.getByRole('log').getByText('Thank you!').waitFor()
  return page
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${FOLDER}/simulator-${name}.png`, animations: 'disabled' })
}

async function openShop(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Shop', exact: true }).click()
  await page.getByRole('button', { name: /^Subscribe/ }).waitFor()
  await page.getByText('The Mini App is loading').waitFor({ state: 'detached' })
}

async function openPayment(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Subscribe/ }).click()
  await page.getByRole('dialog', { name: 'Payment' }).waitFor()
}

const SCENES: Record<string, (scene: Scene) => Promise<Page>> = {
  'desktop-light': async (scene) => {
    const page = await visit(scene, { theme: 'light', size: DESKTOP })
    await openShop(page)
    return page
  },
  'desktop-dark': async (scene) => {
    const page = await visit(scene, { theme: 'dark', size: DESKTOP })
    await openShop(page)
    return page
  },
  payment: async (scene) => {
    const page = await visit(scene, { theme: 'light', size: DESKTOP })
    await openShop(page)
    await openPayment(page)
    return page
  },
  stars: async (scene) => {
    const page = await visit(scene, { theme: 'light', size: DESKTOP })
    await page.getByRole('button', { name: 'Stars', exact: true }).click()
    await page.getByRole('button', { name: /^Cancel/ }).waitFor()
    return page
  },
  observer: async (scene) => {
    const page = await visit(scene, { theme: 'light', size: WIDE })
    await openShop(page)
    await page.getByRole('button', { name: 'Show the observer' }).first().click()
    const observer = page.getByRole('complementary', { name: 'Observer' })
    await observer
      .getByRole('button', { name: /pre_checkout_query/ })
      .first()
      .click()
    return page
  },
  'observer-faults': async (scene) => {
    const page = await visit(scene, { theme: 'dark', size: DESKTOP })
    await page.getByRole('button', { name: 'Show the observer' }).first().click()
    await page.getByRole('tab', { name: 'Faults' }).click()
    await page.getByRole('checkbox', { name: 'Lost answers' }).check()
    await page.getByRole('spinbutton', { name: /^Lost answers/ }).waitFor()
    return page
  },
  'phone-chat': (scene) => visit(scene, { theme: 'light', size: PHONE }),
  'phone-people': async (scene) => {
    const page = await visit(scene, { theme: 'dark', size: PHONE })
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('list', { name: 'People' }).waitFor()
    return page
  },
  'phone-app': async (scene) => {
    const page = await visit(scene, { theme: 'dark', size: PHONE })
    await openShop(page)
    return page
  },
  'phone-payment': async (scene) => {
    const page = await visit(scene, { theme: 'dark', size: PHONE })
    await openShop(page)
    await openPayment(page)
    return page
  },
  'phone-observer': async (scene) => {
    const page = await visit(scene, { theme: 'light', size: PHONE })
    await page.getByRole('button', { name: 'Show the observer' }).click()
    await page
      .getByRole('button', { name: /pre_checkout_query/ })
      .first()
      .waitFor()
    return page
  },
}

const pages = await servePages()
const simulator = await startSimulator({ botName: 'Corner Shop', botUsername: 'corner_shop_bot' })
const bot = new Bot(simulator.url, simulator.botToken)
await bot.listens()
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: chromiumArguments,
  chromiumSandbox: process.getuid?.() !== 0,
})
const scene: Scene = { simulator, browser, bot, appsUrl: pages.url }
await mkdir(FOLDER, { recursive: true })
await prepare(scene)
for (const [name, play] of Object.entries(SCENES)) {
  const page = await play(scene)
  await shoot(page, name)
  await page.context().close()
  await fetch(`${simulator.url}/control/faults`, { method: 'PUT', body: '{}' })
  console.log(`simulator-${name}.png`)
}
await browser.close()
await simulator.close()
await bot.stops()
await pages.close()
