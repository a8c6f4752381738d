import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfChanged } from '@/commands/local/build'
import { freePort } from '@/commands/local/ports'
import { runCommand, step } from '@/commands/local/progress'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack } from '@/commands/local/stack'
import { withEmptyApp } from './empty-app'
import { withEmptyRoute } from './empty-route'
import { growDatabase } from './grow'
import { scriptBytes } from './scripts'
import { measureWebhook, type Ratio, type Throughput } from './throughput'

/** `npm run bench`: ratios within one run, because only those mean something on another machine. */
const scriptsGoal = 1.35

/** Past payments that are always there: a shop is never empty for long. */
const fewPayments = 10_000

/** `npm run bench -- 5000000`: then the same once more with so many, in the same run. */
const manyPayments = Number(process.argv[2] ?? 0)

await runCommand(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-bench-'))
  const stack = createStack({
    mode: 'production',
    dataFolder: join(folder, 'postgres'),
    ports: { app: await freePort(), simulator: await freePort(), postgres: await freePort() },
    secrets: makeSecrets(),
    // The webhook alone: no messages being sent, no clock to ask, no log lines.
    env: { WORKER: 'off', SIMULATED_CLOCK_URL: '', LOG_LEVEL: 'error' },
    step,
  })
  try {
    await step('Build the app for production', buildIfChanged)
    await stack.start()
    const ours = await step('Weigh the scripts of /app', () => scriptBytes(`${stack.appUrl}/app`))
    const empty = await step('Weigh the scripts of an empty page', () => withEmptyApp(scriptBytes))
    const grow = (from: number, to: number) =>
      step(`Fill in ${to} past payments`, () => growDatabase(stack.databaseUrl, from, to))
    await grow(0, fewPayments)
    const measured = await withEmptyRoute(stack.env, async (appUrl) => {
      const app = { ...stack, appUrl }
      const few = await measureWebhook(app, step)
      if (manyPayments <= fewPayments) return { few, many: null }
      await grow(fewPayments, manyPayments)
      return { few, many: await measureWebhook(app, step) }
    })
    console.log('')
    console.table({
      'JavaScript of /app to an empty page (gzip)': row(ours / empty, `at most ${scriptsGoal}`),
      ...rowsOf(measured.few, `${fewPayments} past payments`),
      ...(measured.many ? rowsOf(measured.many, `${manyPayments} past payments`) : {}),
      ...(measured.many ? growthOf(measured.few, measured.many) : {}),
    })
    if (ours / empty > scriptsGoal) process.exitCode = 1
  } finally {
    await stack.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

function row(ratio: number, goal = '') {
  return { ratio: ratio.toFixed(2), goal }
}

function rowsOf({ payment, preCheckout, statements }: Throughput, where: string) {
  return {
    [`Payments to an empty route, ${where}`]: rowOf(payment, '0.45 or more'),
    [`Pre-checkouts to an empty route, ${where}`]: rowOf(preCheckout, '0.60 or more'),
    [`Statements of a payment, ${where}`]: row(statements.payment, '2'),
    [`Statements of a pre-checkout, ${where}`]: row(
      statements.preCheckout,
      '2, one after the answer',
    ),
  }
}

function growthOf(few: Throughput, many: Throughput) {
  const ratio = (what: 'payment' | 'preCheckout') => many[what].median / few[what].median
  return {
    'Payments with many past ones to few': row(ratio('payment'), '0.90 or more'),
    'Pre-checkouts with many past payments to few': row(ratio('preCheckout'), '0.90 or more'),
  }
}

function rowOf({ median, least, most }: Ratio, goal: string) {
  return { ...row(median, goal), rounds: `${least.toFixed(2)} to ${most.toFixed(2)}` }
}
