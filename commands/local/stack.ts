import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { migrate } from '@/prisma/migrate'
import { seed } from '@/prisma/seed'
import { type DatabaseServer, startDatabaseServer } from './database-server'
import { type RunningProcess, startProcess, startScript, untilAnswers } from './processes'
import type { LocalSecrets } from './secrets'

export type StackOptions = {
  mode: 'production' | 'development'
  /** Where PostgreSQL keeps its files. */
  dataFolder: string
  ports: { app: number; simulator: number; postgres: number }
  secrets: LocalSecrets
  /** Trades safety against power loss for speed; for tests only. */
  unsafeButFast?: boolean
  /** Settings of the app beside the ones a stack needs. */
  env?: Record<string, string>
  /** Shows a step of the start. */
  step: <T>(name: string, run: () => Promise<T>) => Promise<T>
  /** Gets what the app and the simulator print. */
  onLine?: (name: string, line: string) => void
}

export type Stack = {
  appUrl: string
  simulatorUrl: string
  databaseUrl: string
  /** What the app runs with. */
  env: Record<string, string>
  start(): Promise<void>
  startDatabase(): Promise<void>
  stopDatabase(): Promise<void>
  startApp(): Promise<void>
  /** SIGKILL, as when the machine loses power. */
  killApp(): Promise<void>
  /** Resolves with a sentence when app or simulator ended without being asked. */
  untilBroken(): Promise<string>
  /** In the order that loses nothing: app, simulator, database. */
  stop(): Promise<void>
}

const databaseName = 'starpass'
const botUsername = 'starpass_demo_bot'

/**
 * Database, local Telegram and app on loopback, wired together as in production. In production mode
 * the build must be there.
 */
export function createStack(options: StackOptions): Stack {
  const { ports, step } = options
  let database: DatabaseServer | undefined
  let simulator: RunningProcess | undefined
  let app: RunningProcess | undefined
  const appUrl = `http://127.0.0.1:${ports.app}`
  const simulatorUrl = `http://127.0.0.1:${ports.simulator}`
  const databaseUrl = stackDatabaseUrl(ports.postgres)
  const env = environment(options, { appUrl, simulatorUrl, databaseUrl })

  const stack: Stack = {
    appUrl,
    simulatorUrl,
    databaseUrl,
    env,

    async start() {
      const isNew = !existsSync(join(options.dataFolder, 'PG_VERSION'))
      await step(isNew ? 'Create the PostgreSQL database' : 'Start PostgreSQL', async () => {
        await stack.startDatabase()
        await database?.createDatabase(databaseName)
      })
      await step('Apply migrations and the sample catalogue', async () => {
        await migrate(databaseUrl)
        await seed(databaseUrl)
      })
      await step('Start the local Telegram', startSimulator)
      await step('Start the app and its worker', stack.startApp)
      await step('Introduce the bot to Telegram', setUpBot)
    },

    async startDatabase() {
      database = await startDatabaseServer({
        dataFolder: options.dataFolder,
        port: ports.postgres,
        unsafeButFast: options.unsafeButFast ?? false,
      })
    },

    async stopDatabase() {
      await database?.stop()
    },

    async startApp() {
      app = startApp(options, env)
      await untilAnswers(`${appUrl}/api/ready`, app, 120)
    },

    async killApp() {
      await app?.kill()
    },

    async untilBroken() {
      const running = [app, simulator].filter((child) => child !== undefined)
      const broken = await Promise.race(
        running.map(async (child) => ({ child, code: await child.exited })),
      )
      return `${broken.child.name} ended by itself (exit code ${broken.code}). Its last lines:\n${broken.child.lastWords()}`
    },

    async stop() {
      await app?.stop()
      await simulator?.stop()
      await database?.stop()
    },
  }

  async function startSimulator(): Promise<void> {
    simulator = startScript('simulator/main.ts', {
      name: 'telegram',
      env: {
        SIMULATOR_PORT: String(ports.simulator),
        TELEGRAM_BOT_TOKEN: options.secrets.TELEGRAM_BOT_TOKEN,
        TELEGRAM_BOT_USERNAME: botUsername,
        APP_URL: appUrl,
        TELEGRAM_LOGIN_CLIENT_SECRET: env.TELEGRAM_LOGIN_CLIENT_SECRET ?? '',
        STRIPE_SECRET_KEY: env.STRIPE_SECRET_KEY ?? '',
        STRIPE_WEBHOOK_SECRET: env.STRIPE_WEBHOOK_SECRET ?? '',
      },
      onLine: (line) => options.onLine?.('telegram', line),
    })
    await untilAnswers(`${simulatorUrl}/control/people`, simulator, 60)
    env.ADMIN_TELEGRAM_IDS = String(await firstPerson(simulatorUrl))
  }

  // A process of its own, because settings are read once per process and several stacks may run.
  async function setUpBot(): Promise<void> {
    const setup = startScript('commands/telegram-setup.ts', { name: 'setup', env })
    if ((await setup.exited) !== 0) {
      throw new Error(`The bot could not be introduced:\n${setup.lastWords()}`)
    }
  }

  return stack
}

/** Of the stack's database, as reached through the given port. */
export function stackDatabaseUrl(port: number): string {
  return `postgresql://starpass:starpass@127.0.0.1:${port}/${databaseName}`
}

function startApp(options: StackOptions, env: Record<string, string>): RunningProcess {
  const onLine = (line: string) => options.onLine?.('app', line)
  const host = ['-H', '127.0.0.1']
  if (options.mode === 'production') {
    return startScript('commands/start.ts', { name: 'app', args: host, env, onLine })
  }
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
  return startProcess({
    name: 'app',
    command: process.execPath,
    args: [next, 'dev', '-p', String(options.ports.app), ...host],
    env: { ...env, NODE_ENV: 'development' },
    onLine,
  })
}

/** Everything the app reads. Empty settings keep a developer's `.env` out of a local stack. */
function environment(
  options: StackOptions,
  at: { appUrl: string; simulatorUrl: string; databaseUrl: string },
): Record<string, string> {
  const { ports, secrets } = options
  return {
    DATABASE_URL: at.databaseUrl,
    APP_URL: at.appUrl,
    PORT: String(ports.app),
    TELEGRAM_API_ROOT: at.simulatorUrl,
    SIMULATED_CLOCK_URL: `${at.simulatorUrl}/control/clock`,
    TELEGRAM_WEB_ORIGINS: `${at.simulatorUrl} http://localhost:${ports.simulator}`,
    TELEGRAM_BOT_USERNAME: botUsername,
    TELEGRAM_ENV: 'prod',
    // The local Telegram takes any token of this form, and its test cards.
    TELEGRAM_PROVIDER_TOKEN: '1:TEST:starpass',
    // The local Telegram is also the issuer of its logins, and plays Stripe. What it knows of them
    // ends with it, so each start has secrets of its own.
    TELEGRAM_LOGIN_ISSUER: `${at.simulatorUrl}/oauth`,
    TELEGRAM_LOGIN_CLIENT_SECRET: randomBytes(24).toString('base64url'),
    STRIPE_API_BASE: `${at.simulatorUrl}/stripe`,
    STRIPE_SECRET_KEY: 'sk_test_simulator',
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}`,
    UPSTASH_REDIS_REST_URL: '',
    UPSTASH_REDIS_REST_TOKEN: '',
    ADMIN_TELEGRAM_IDS: '',
    INVOICE_SIGNING_KEYS: '',
    WORKER: 'on',
    LOG_LEVEL: 'warn',
    NEXT_TELEMETRY_DISABLED: '1',
    ...secrets,
    ...options.env,
  }
}

const peopleSchema = z.array(z.object({ id: z.number() })).min(1)

/** The person whom a local stack makes its administrator. */
async function firstPerson(simulatorUrl: string): Promise<number | undefined> {
  const response = await fetch(`${simulatorUrl}/control/people`)
  return peopleSchema.parse(await response.json())[0]?.id
}
