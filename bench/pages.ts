import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { buildIfChanged } from '@/commands/local/build'
import { chromiumArguments, requireChromium } from '@/commands/local/chromium'
import { freePort } from '@/commands/local/ports'
import { runCommand, step } from '@/commands/local/progress'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack } from '@/commands/local/stack'
import { withEmptyApp } from './empty-app'

/** `tsx bench/pages.ts`: how the public pages paint on a slow phone, beside an empty page of Next. */
const goals = { paintRatio: 1.25, paintMs: 2500, shift: 0.02 }
const paths = ['/', '/plans', '/plans/gold_1m', '/terms']
const rounds = 5
const slow = { cpu: 4, latencyMs: 150, bytesPerSecond: 1_600_000 / 8 }

type Figures = { paintMs: number; shift: number; elsewhere: number }

await runCommand(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-pages-'))
  const stack = createStack({
    mode: 'production',
    dataFolder: join(folder, 'postgres'),
    ports: { app: await freePort(), simulator: await freePort(), postgres: await freePort() },
    secrets: makeSecrets(),
    env: { WORKER: 'off', LOG_LEVEL: 'error' },
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
    const table = await withEmptyApp((emptyUrl) =>
      step(`Measure the pages (${rounds} rounds)`, () => measure(browser, stack.appUrl, emptyUrl)),
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

async function measure(browser: Browser, appUrl: string, emptyUrl: string) {
  const pages = new Map([['', emptyUrl], ...paths.map((path) => [path, appUrl + path] as const)])
  // What a server does for the first visitor only is no property of a page.
  for (const url of pages.values()) await visit(browser, url)
  const seen = new Map<string, Figures[]>()
  // Taken in turns, so that a machine that slows down slows all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const [path, url] of pages) {
      seen.set(path, [...(seen.get(path) ?? []), await visit(browser, url)])
    }
  }
  const middle = (path: string) => median((seen.get(path) ?? []).map(({ paintMs }) => paintMs))
  const rows = paths.map((path) => {
    const figures = seen.get(path) ?? []
    const paintMs = middle(path)
    const ratio = paintMs / middle('')
    const shift = Math.max(...figures.map((each) => each.shift))
    const elsewhere = Math.max(...figures.map((each) => each.elsewhere))
    const isFast = ratio <= goals.paintRatio && paintMs < goals.paintMs
    const ok = isFast && shift <= goals.shift && elsewhere === 0
    return [
      path,
      { 'paint to empty': ratio.toFixed(2), 'paint ms': Math.round(paintMs), shift, elsewhere, ok },
    ] as const
  })
  return Object.fromEntries(rows)
}

/** One visit with an empty cache over a slow line and on a slow processor. */
async function visit(browser: Browser, url: string): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 } })
  try {
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
    await page.goto(url, { waitUntil: 'networkidle' })
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
