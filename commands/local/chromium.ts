import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What a Chromium needs to run as root in a container and to stay off the network. */
export const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser's path if one is there: `CHROMIUM_PATH`, Playwright's own, then the system's. */
export function findChromium(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...systemPaths]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
}

/** Finds a Chromium, or installs Debian's when that is possible; else says what to do. */
export function requireChromium(): string {
  const found = findChromium()
  if (found) return found
  installDebianPackage('chromium')
  const installed = findChromium()
  if (installed) return installed
  throw new Error(
    'No Chromium was found. Run `npx playwright install chromium`, install your system’s Chromium, or name one in CHROMIUM_PATH.',
  )
}

/** Installs a Debian package when this is root on Debian. Tells whether it is there now. */
export function installDebianPackage(name: string): boolean {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall) return false
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  const install = () => apt('install', '-y', '--no-install-recommends', name)
  return install() || (apt('update') && install())
}
