import { test as base } from '@playwright/test'
import { Ledger } from './ledger'
import { type LocalStack, openLocalStack } from './local-stack'
import { Shopper } from './shopper'
import { Telegram } from './telegram'

type TestFixtures = {
  /** The local Telegram, well-behaved at the start of every test. */
  telegram: Telegram
  /** A new person with Stars and a browser. */
  shopper: Shopper
  ledger: Ledger
}
type WorkerFixtures = {
  /** Tests that move the clock or the catalogue name a stack of their own. */
  stackName: string
  stack: LocalStack
}

/** Documentation's own network: everybody in the tests comes from an address of their own. */
let visitors = 0
const nextAddress = () => {
  visitors += 1
  return `198.51.${100 + (visitors >> 8)}.${visitors & 255}`
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // The limit of logins per address must not make one test wait for another.
  extraHTTPHeaders: async ({ browserName: _ }, use) => {
    await use({ 'x-forwarded-for': nextAddress() })
  },
  stackName: ['shared', { option: true, scope: 'worker' }],
  stack: [
    // Playwright insists on a pattern here, and reads from it what a fixture needs.
    async ({ browserName: _ }, use) => {
      const stack = await openLocalStack()
      await use(stack)
      await stack.remove()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  telegram: async ({ stack }, use) => {
    const telegram = new Telegram(stack.simulatorUrl)
    await use(telegram)
    await telegram.behaves()
  },
  shopper: async ({ page, stack, telegram }, use) => {
    await use(new Shopper(page, await telegram.hasPerson(), telegram, stack.appUrl))
  },
  ledger: async ({ stack }, use) => {
    const ledger = await Ledger.open(stack.databaseUrl)
    await use(ledger)
    await ledger.close()
  },
})

export { expect } from '@playwright/test'
