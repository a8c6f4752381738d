import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { buildIfChanged } from '@/commands/local/build'
import { chromiumArguments, requireChromium } from '@/commands/local/chromium'
import { freePort } from '@/commands/local/ports'
import { runCommand, step } from '@/commands/local/progress'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack } from '@/commands/local/stack'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { openSession } from '@/lib/domain/users/open-session'
import { env } from '@/lib/platform/env'
import { closePool } from '@/lib/platform/pool'
import { makePerson } from '@/lib/testing/factories'
import { withEmptyApp } from './empty-app'

/** `npm run bench:pages`: how the browser's pages paint on a slow phone, beside an empty page of Next. */
const goals = { paintRatio: 1.25, paintMs: 2500, shift: 0.02 }
const visitorPaths = ['/', '/plans', '/plans/gold_1m', '/terms', '/login']
const rounds = 15
/** Time to paint and to move after everything was loaded. */
const settleMs = 1500
const sessionCookie = 'next-auth.session-token'
const slow = { cpu: 4, latencyMs: 150, bytesPerSecond: 1_600_000 / 8 }

type Figures = { paintMs: number; shift: number; elsewhere: number }

await runCommand(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-pages-'))
  const stack = createStack({
    mode: 'production',
    dataFolder: join(folder, 'postgres'),
    ports: { app: await freePort(), simulator: await freePort(), postgres: await freePort() },
    secrets: makeSecrets(),
    // No clock to ask, which in a shop is the machine's own.
    env: { WORKER: 'off', SIMULATED_CLOCK_URL: '', LOG_LEVEL: 'error' },
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
    const buyer = await step('Log somebody in who buys', () => makeBuyer(stack))
    const pages: Page[] = [
      ...visitorPaths.map((path) => ({ name: path, path })),
      { name: '/account', path: '/account', session: buyer.session },
      { name: '/pay/<id>', path: `/pay/${buyer.invoiceId}`, session: buyer.session },
    ]
    const table = await withEmptyApp((emptyUrl) =>
      step(`Measure the pages (${rounds} rounds)`, () =>
        measure(browser, pages, stack.appUrl, emptyUrl),
      ),
    )
    console.log('')
    console.table(table)
    if (Object.values(table).some(({ ok }) => !ok)) process.exitCode = 1
  } finally {
    await browser.close()
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

type Page = { name: string; path: string; session?: string }

/** A session and an open invoice of somebody new. */
async function makeBuyer({ env: settings }: { env: Record<string, string> }) {
  Object.assign(process.env, settings)
  const person = makePerson()
  const opened = await openSession(person)
  const token = { sub: String(person.telegramUserId), version: opened?.sessionVersion }
  const session = await encode({ token, secret: env().NEXTAUTH_SECRET })
  const { invoice_id: invoiceId } = await createInvoice(person, {
    plan_code: 'gold_1m',
    method: 'stars',
  })
  await closePool()
  return { session, invoiceId }
}

async function measure(browser: Browser, pages: Page[], appUrl: string, emptyUrl: string) {
  const all = [{ name: '', path: '', url: emptyUrl }, ...pages.map((one) => withUrl(one, appUrl))]
  // What a server does for its first visitors only is no property of a page.
  for (const page of all) await warmUp(page)
  for (const page of all) await visit(browser, page)
  const seen = new Map<string, Figures[]>()
  // Taken in turns, so that a machine that slows down slows all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const page of all) {
      seen.set(page.name, [...(seen.get(page.name) ?? []), await visit(browser, page)])
    }
  }
  const middle = (name: string) => median((seen.get(name) ?? []).map(({ paintMs }) => paintMs))
  const rows = pages.map(({ name }) => {
    const figures = seen.get(name) ?? []
    const paintMs = middle(name)
    const ratio = paintMs / middle('')
    const shift = Math.max(...figures.map((each) => each.shift))
    const elsewhere = Math.max(...figures.map((each) => each.elsewhere))
    const isFast = ratio <= goals.paintRatio && paintMs < goals.paintMs
    const ok = isFast && shift <= goals.shift && elsewhere === 0
    return [
      name,
      { 'paint to empty': ratio.toFixed(2), 'paint ms': Math.round(paintMs), shift, elsewhere, ok },
    ] as const
  })
  return Object.fromEntries(rows)
}

function withUrl(page: Page, appUrl: string) {
  return { ...page, url: appUrl + page.path }
}

/** Asks often enough that the server's code for this page is compiled. */
async function warmUp({ url, session }: { url: string; session?: string }): Promise<void> {
  const headers: HeadersInit = session ? { cookie: `${sessionCookie}=${session}` } : {}
  for (let visits = 0; visits < 50; visits += 1) {
    const answer = await fetch(url, { headers, redirect: 'manual' })
    if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`)
    await answer.arrayBuffer()
  }
}

/** One visit with an empty cache over a slow line and on a slow processor. */
async function visit(
  browser: Browser,
  { url, session: login }: { url: string; session?: string },
): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 } })
  try {
    if (login) await context.addCookies([{ name: sessionCookie, value: login, url }])
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu })
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latencyMs,
      downloadThroughput: slow.bytesPerSecond,
      uploadThroughput: slow.bytesPerSecond,
    })
    let elsewhere = 0
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) elsewhere += 1
    })
    // A page that follows a payment is never idle on the network.
    await page.goto(url, { waitUntil: 'load' })
    await page.waitForTimeout(settleMs)
    if (page.url() !== url) throw new Error(`${url} leads to ${page.url()}`)
    const [paintMs, shift] = await page.evaluate(readFigures)
    return { paintMs, shift, elsewhere }
  } finally {
    await context.close()
  }
}

/** Runs in the page: the largest paint so far, and the sum of unexpected movements. */
async function readFigures(): Promise<[paintMs: number, shift: number]> {
  const paints: number[] = []
  let shift = 0
  const paintObserver = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) paints.push(entry.startTime)
  })
  paintObserver.observe({ type: 'largest-contentful-paint', buffered: true })
  const shiftObserver = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if ('value' in entry) shift += Number(entry.value)
  })
  shiftObserver.observe({ type: 'layout-shift', buffered: true })
  // Buffered entries are handed over before the second frame.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  return [paints.at(-1) ?? Number.NaN, shift]
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
