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
import { measureWebhook, type Ratio } from './throughput'

/** `npm run bench`: ratios within one run, because only those mean something on another machine. */
const scriptsGoal = 1.35

/** `npm run bench -- 5000000`: the same in a database with so many past payments. */
const pastPayments = Number(process.argv[2] ?? 0)

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
    if (pastPayments > 0) {
      await step(`Fill in ${pastPayments} past payments`, () =>
        growDatabase(stack.databaseUrl, pastPayments),
      )
    }
    const webhook = await step('Build with an empty route and measure', () =>
      withEmptyRoute(stack.env, (appUrl) => measureWebhook({ ...stack, appUrl }, step)),
    )
    console.log('')
    console.table({
      'JavaScript of /app to an empty page (gzip)': row(ours / empty, `at most ${scriptsGoal}`),
      'Payments to an empty route (throughput)': rowOf(webhook.payment, '0.45 or more'),
      'Pre-checkouts to an empty route (throughput)': rowOf(webhook.preCheckout, '0.60 or more'),
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

function rowOf({ median, least, most }: Ratio, goal: string) {
  return { ...row(median, goal), rounds: `${least.toFixed(2)} to ${most.toFixed(2)}` }
}
