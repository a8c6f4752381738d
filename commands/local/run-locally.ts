import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildIfChanged } from './build'
import { freePort, portFrom, requireFreePort } from './ports'
import { stopOnSignals } from './processes'
import { bold, cyan, dim, runCommand, step } from './progress'
import { keepSecrets } from './secrets'
import { createStack, type Stack } from './stack'

const folder = '.demo'
const dataFolder = join(folder, 'postgres')

/** `npm run demo` and `npm run dev`: everything on this machine, until Ctrl-C. */
export async function runLocally(mode: 'production' | 'development'): Promise<void> {
  await runCommand(async () => {
    const startedAt = performance.now()
    // In production mode the start has its own words; what comes later is worth reading.
    const output = { isShown: mode === 'development' }
    const stack = await prepare(mode, (name, line) => {
      if (output.isShown) console.log(`  ${dim(name.padEnd(8))} ${line}`)
    })
    const isStopping = stopOnSignals(async () => {
      console.log('\n  Stopping …')
      await stack.stop()
      console.log(`  Stopped. The data stays in ${folder}/ for the next time.`)
    })
    try {
      if (mode === 'production') await step('Build the app for production', buildIfChanged)
      await stack.start()
      welcome(stack, (performance.now() - startedAt) / 1000)
      output.isShown = true
      const problem = await stack.untilBroken()
      if (!isStopping()) throw new Error(problem)
    } catch (error) {
      // What breaks while everything is being stopped is part of the stop.
      if (isStopping()) return await new Promise<never>(() => {})
      await stack.stop()
      throw error
    }
    // The signal's own handler ends the process when all children are gone.
    await new Promise<never>(() => {})
  })
}

async function prepare(
  mode: 'production' | 'development',
  onLine: (name: string, line: string) => void,
): Promise<Stack> {
  const app = portFrom('PORT', 3000)
  const simulator = portFrom('SIMULATOR_PORT', 4000)
  await requireFreePort(app, 'PORT')
  await requireFreePort(simulator, 'SIMULATOR_PORT')
  if (process.argv.includes('--fresh')) await forget()
  console.log(`\n  ${bold('Starpass')} ${dim(`${mode}, data in ${folder}/`)}\n`)
  return createStack({
    mode,
    dataFolder,
    ports: { app, simulator, postgres: await freePort() },
    secrets: await keepSecrets(join(folder, 'secrets.json')),
    step,
    onLine,
    ...(mode === 'development' ? { env: { LOG_LEVEL: 'info' } } : {}),
  })
}

async function forget(): Promise<void> {
  if (existsSync(join(dataFolder, 'postmaster.pid'))) {
    throw new Error(
      `Another demo seems to use ${folder}/ (${dataFolder}/postmaster.pid is there). Stop it first; if it crashed, run once without --fresh.`,
    )
  }
  await rm(folder, { recursive: true, force: true })
}

function welcome(stack: Stack, seconds: number): void {
  console.log(`
  ${bold('Ready')} ${dim(`in ${seconds.toFixed(1)} s`)}

    Open this first   ${cyan(`${stack.simulatorUrl}/`)}   ${dim('a Telegram of your own with the bot in it')}
    The app itself    ${cyan(`${stack.appUrl}/`)}

  Choose a person, press the menu button and buy a plan. Ctrl-C stops everything.
`)
}
