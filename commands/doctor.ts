import { pathToFileURL } from 'node:url'
import { allowedUpdates } from '@/lib/bot/webhook'
import { botId, env } from '@/lib/platform/env'
import { describeError } from '@/lib/platform/log'
import { closePool } from '@/lib/platform/pool'
import { readiness } from '@/lib/platform/readiness'
import { telegram } from '@/lib/telegram/client'
import { runCommand } from './local/progress'

type Finding = { name: string; ok: boolean; remedy: string }
type Check = () => Promise<Omit<Finding, 'name'>>

const fine = { ok: true, remedy: '' }
const bad = (remedy: string) => ({ ok: false, remedy })
const setup = 'run `npm run telegram:setup`'

/** Everything that has to be right for money to arrive. A check that throws has failed. */
const checks = {
  'bot token': async () => {
    const me = await telegram().getMe()
    const { TELEGRAM_BOT_USERNAME: name } = env()
    if (me.id !== botId()) return bad('TELEGRAM_BOT_TOKEN belongs to another bot')
    return me.username.toLowerCase() === name.toLowerCase()
      ? fine
      : bad(`set TELEGRAM_BOT_USERNAME=${me.username}`)
  },
  webhook: async () => {
    const info = await telegram().getWebhookInfo()
    const expected = `${env().APP_URL}/api/v1/telegram/webhook`
    if (info.url !== expected) return bad(`it is "${info.url ?? ''}", not ${expected}: ${setup}`)
    const failedAt = info.last_error_date ?? 0
    const isRecent = Date.now() / 1000 - failedAt < 600
    return isRecent && info.pending_update_count > 0
      ? bad(`Telegram could not deliver: ${info.last_error_message ?? 'no reason given'}`)
      : fine
  },
  'allowed updates': async () => {
    const { allowed_updates: allowed = [] } = await telegram().getWebhookInfo()
    const missing = allowedUpdates.filter((name) => !allowed.includes(name))
    return missing.length === 0 ? fine : bad(`${missing.join(', ')} would not arrive: ${setup}`)
  },
  'menu button': async () => {
    const button = await telegram().getChatMenuButton()
    const isOurs = button.type === 'web_app' && button.web_app.url === `${env().APP_URL}/app`
    return isOurs ? fine : bad(`it does not open ${env().APP_URL}/app: ${setup}`)
  },
  https: async () => {
    const { protocol, hostname } = new URL(env().APP_URL)
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
    return protocol === 'https:' || isLocal
      ? fine
      : bad('APP_URL must begin with https://, or Telegram opens neither webhook nor Mini App')
  },
  clock: async () => {
    const startedAt = Date.now()
    const response = await fetch(env().TELEGRAM_API_ROOT, { method: 'HEAD', redirect: 'manual' })
    const said = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(said)) return fine
    const skewSeconds = Math.abs(said - (startedAt + Date.now()) / 2) / 1000
    return skewSeconds < 30 || env().SIMULATED_CLOCK_URL
      ? fine
      : bad(`this machine is ${Math.round(skewSeconds)} s off: switch on time synchronisation`)
  },
  database: async () => {
    const state = await readiness()
    return state.ready || state.reason === 'migrations'
      ? fine
      : bad('PostgreSQL does not answer at DATABASE_URL')
  },
  migrations: async () => {
    const state = await readiness()
    return state.ready ? fine : bad('run `npm run db:migrate`')
  },
  redis: async () => {
    const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env()
    if (!url) return { ok: true, remedy: 'not set: rate limits count inside each process' }
    const response = await fetch(`${url}/ping`, {
      headers: { authorization: `Bearer ${token ?? ''}` },
      signal: AbortSignal.timeout(3000),
    })
    return response.ok ? fine : bad(`UPSTASH_REDIS_REST_URL answers ${response.status}`)
  },
} as const satisfies Record<string, Check>

/** Runs every check and prints the table. True when all is well. */
export async function doctor(): Promise<boolean> {
  const findings = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<Finding> => {
      try {
        return { name, ...(await check()) }
      } catch (error) {
        return { name, ok: false, remedy: describeError(error).message }
      }
    }),
  )
  const width = Math.max(...findings.map((finding) => finding.name.length))
  for (const { name, ok, remedy } of findings) {
    console.log(`${name.padEnd(width)}  ${ok ? 'ok  ' : 'fail'}  ${remedy}`.trimEnd())
  }
  return findings.every((finding) => finding.ok)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    const allWell = await doctor()
    await closePool()
    process.exit(allWell ? 0 : 1)
  })
}
