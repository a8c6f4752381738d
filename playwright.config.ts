import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from './commands/local/chromium'

const executablePath = findChromium()

/** Every worker brings up its own database, local Telegram and app; see e2e/fixtures.ts. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  // Generous, because two stacks share two cores; what passes does not wait.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    trace: 'retain-on-failure',
    launchOptions: {
      args: chromiumArguments,
      chromiumSandbox: process.getuid?.() !== 0,
      ...(executablePath ? { executablePath } : {}),
    },
  },
})
