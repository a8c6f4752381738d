import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { chromiumArguments, findChromium } from '@/commands/local/chromium'
import { freePort } from '@/commands/local/ports'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack, type Stack } from '@/commands/local/stack'
import { expect, test } from '@/e2e/fixtures'
import { Shopper } from '@/e2e/shopper'
import { Telegram } from '@/e2e/telegram'
import { serveAsWebTelegram, WEB_TELEGRAM } from './web-telegram'

/** Our own product as it is shipped: its bridge talks to https://web.telegram.org and nobody else. */

async function withProduct(use: (stack: Stack) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-shipped-'))
  const stack = createStack({
    mode: 'production',
    dataFolder: join(folder, 'postgres'),
    ports: { app: await freePort(), simulator: await freePort(), postgres: await freePort() },
    secrets: makeSecrets(),
    unsafeButFast: true,
    env: { TELEGRAM_WEB_ORIGINS: `https://${WEB_TELEGRAM}` },
    step: (_name, run) => run(),
  })
  try {
    await stack.start()
    await use(stack)
  } finally {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function buyAsThirdParty(browser: Browser, stack: Stack): Promise<void> {
  const page = await browser.newPage()
  const telegram = new Telegram(stack.simulatorUrl)
  const shopper = new Shopper(page, await telegram.hasPerson(), telegram, stack.appUrl)
  await page.goto(`https://${WEB_TELEGRAM}/#/p/${shopper.person.id}`)
  await shopper.startsTheBot()
  await shopper.pressesTheMenuButton()

  const frame = page.frames().find((each) => each.url().startsWith(stack.appUrl))
  const probe = `(document.cookie = 'probe=1; SameSite=None; Secure', document.cookie)`
  expect(await frame?.evaluate('location.ancestorOrigins[0]')).toBe(`https://${WEB_TELEGRAM}`)
  expect(await frame?.evaluate(probe)).toBe('')

  await shopper.buys('Gold, 1 month')
  await expect(shopper.chat).toContainText('You paid')

  // The same cookie is taken where the app is no third party, so the frame's was refused as one.
  const alone = await browser.newPage()
  await alone.goto(stack.appUrl)
  expect(await alone.evaluate(probe)).toContain('probe=1')
}

test('host: serves a shipped bundle as https://web.telegram.org in a cross-site frame without cookies', async ({
  playwright,
}) => {
  test.setTimeout(180_000)
  await withProduct(async (stack) => {
    const front = await serveAsWebTelegram(stack.simulatorUrl)
    const executablePath = findChromium()
    const browser = await playwright.chromium.launch({
      args: [...chromiumArguments, ...front.chromiumArguments],
      chromiumSandbox: process.getuid?.() !== 0,
      ...(executablePath ? { executablePath } : {}),
    })
    try {
      await buyAsThirdParty(browser, stack)
    } finally {
      await browser.close()
      await front.close()
    }
  })
})
