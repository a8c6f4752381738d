import { listAlerted } from '@/lib/domain/admins/queries'
import { findWebhook } from '@/lib/domain/health/queries'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { doctorWords as words } from '@/lib/messages/doctor'
import { botId, env } from '@/lib/platform/env'
import { describeError } from '@/lib/platform/log'
import { readiness } from '@/lib/platform/readiness'
import { telegram } from '@/lib/telegram/client'

/** `remedy` says what to do after a fail, or what is worth knowing although all is well. */
export type Outcome = { ok: boolean; remedy: string }

const fine: Outcome = { ok: true, remedy: '' }
const bad = (remedy: string): Outcome => ({ ok: false, remedy })
const system = { kind: 'system' } as const
const answerMs = 5000

/** Everything that has to be right for money to arrive. A check that throws has failed. */
const checks = {
  token: async () => {
    const me = await telegram().getMe()
    if (me.id !== botId()) return bad(words.otherBot)
    const isNamed = me.username.toLowerCase() === env().TELEGRAM_BOT_USERNAME.toLowerCase()
    return isNamed ? fine : bad(words.otherName(me.username))
  },
  webhook: async () => {
    const { url, expected, judged, last_problem: problem } = await findWebhook(system)
    if (judged.url !== 'well') return bad(words.otherWebhook(url, expected))
    return judged.delivery === 'bad' ? bad(words.notDelivered(problem)) : fine
  },
  updates: async () => {
    const { missing_updates: missing } = await findWebhook(system)
    return missing.length === 0 ? fine : bad(words.missingUpdates(missing))
  },
  menu: async () => {
    const button = await telegram().getChatMenuButton()
    const page = `${env().APP_URL}/app`
    const isOurs = button.type === 'web_app' && button.web_app.url === page
    return isOurs ? fine : bad(words.otherMenu(page))
  },
  https: async () => {
    const { protocol, hostname } = new URL(env().APP_URL)
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
    return protocol === 'https:' || isLocal ? fine : bad(words.noHttps)
  },
  clock: async () => {
    const startedAt = Date.now()
    const response = await fetch(env().TELEGRAM_API_ROOT, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    })
    const said = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(said)) return fine
    const skewSeconds = Math.abs(said - (startedAt + Date.now()) / 2) / 1000
    const isRight = skewSeconds < 30 || env().SIMULATED_CLOCK_URL !== undefined
    return isRight ? fine : bad(words.skewed(Math.round(skewSeconds)))
  },
  database: async () => {
    const state = await readiness()
    return state.ready || state.reason === 'migrations' ? fine : bad(words.noDatabase)
  },
  migrations: async () => {
    const state = await readiness()
    return state.ready ? fine : bad(words.notMigrated)
  },
  redis: async () => {
    const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = env()
    if (!url) return { ok: true, remedy: words.noRedis }
    const response = await fetch(`${url}/ping`, {
      headers: { authorization: `Bearer ${token ?? ''}` },
      signal: AbortSignal.timeout(answerMs),
    })
    return response.ok ? fine : bad(words.redisAnswers(response.status))
  },
  alerts: async () => {
    // Asked for only where it decides: the settings alone are enough.
    if (env().ADMIN_TELEGRAM_IDS.length > 0) return fine
    // Money arrives all the same, so this is worth knowing and no fail.
    return (await listAlerted(system)).length > 0 ? fine : { ok: true, remedy: words.noAdmins }
  },
} as const satisfies Record<keyof typeof words.names, () => Promise<Outcome>>

/** A check that is under way. Its outcome never throws, and shows no secret. */
export type Check = { name: string; outcome: Promise<Outcome> }

/** Begins every check of the doctor at once. Refuses: forbidden. */
export function examine(actor: Manager): Check[] {
  requirePower(actor, 'view')
  return Object.entries(checks).map(([key, check]) => ({
    // The entries are those of the table above.
    name: words.names[key as keyof typeof checks],
    outcome: inTime(check),
  }))
}

/** Longer than any client of ours waits, so that one silent service holds up nobody's page. */
const patienceMs = 10_000

async function inTime(check: () => Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, patienceMs, bad(words.tooLate))
  })
  try {
    return await Promise.race([check(), tooLate])
  } catch (error) {
    return bad(describeError(error).message)
  } finally {
    clearTimeout(timer)
  }
}
