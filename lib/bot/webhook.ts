import type { Update } from 'grammy/types'
import { keepUpdate } from '@/lib/domain/updates/keep-update'
import { noteReachable } from '@/lib/domain/users/note-reachable'
import { env } from '@/lib/platform/env'
import { incident } from '@/lib/platform/incident'
import { describeError, log, withLogContext } from '@/lib/platform/log'
import { observe } from '@/lib/platform/metrics'
import { readBodyUpTo } from '@/lib/platform/request-body'
import { isSameSecret } from '@/lib/platform/secrets'
import { allowedUpdates } from '@/lib/telegram/webhook'
import type { Defer } from './context'
import { handleUpdate } from './create-bot'
import { faultOf } from './faults'

const bodyBytesMax = 1024 * 1024
const retryAfterSeconds = 5

const telegram = { kind: 'telegram' } as const

/**
 * One delivery from Telegram. 2xx is said only after the commit, because it makes Telegram forget
 * the update. 401 wrong secret; 413 too large; 400 not an update; 200 handled, repeated, unknown or
 * kept for review; 503 with Retry-After when it could not be committed.
 */
export async function receiveUpdate(request: Request, defer: Defer): Promise<Response> {
  if (!hasSecret(request.headers.get('x-telegram-bot-api-secret-token'))) {
    incident('webhook_forged')
    return say(401, 'unauthorized')
  }
  const text = await readBodyUpTo(request, bodyBytesMax)
  if (text === undefined) return say(413, 'too large')
  const update = parseUpdate(text)
  if (!update) return say(400, 'not an update: a JSON object with an integer update_id')

  const startedAt = performance.now()
  const kind = Object.keys(update).find((key) => key !== 'update_id') ?? 'unknown'
  const { response, outcome } = await withLogContext({}, () => handle(update, kind, defer))
  const label = knownKinds.has(kind) ? kind : 'unknown'
  observe(
    'telegram_webhook_duration_seconds',
    { update: label, outcome },
    (performance.now() - startedAt) / 1000,
  )
  return response
}

const knownKinds: ReadonlySet<string> = new Set(allowedUpdates)

type Handled = { response: Response; outcome: 'handled' | 'stored' | 'review' | 'retry' }

async function handle(update: Update, kind: string, defer: Defer): Promise<Handled> {
  let reply: string | undefined
  try {
    await handleUpdate(update, {
      defer: (work) => defer(() => work().catch(logDeferred)),
      reply: (json) => {
        reply = json
      },
    })
    return { response: sayJson(reply), outcome: 'handled' }
  } catch (error) {
    const handled = await settle(update, kind, error)
    // An answer that is there goes out whatever failed after it: a question is not asked again.
    return reply === undefined ? handled : { ...handled, response: sayJson(reply) }
  }
}

function logDeferred(error: unknown): void {
  log().error({ event: 'deferred_work_failed', ...describeError(error) })
}

async function settle(update: Update, kind: string, error: unknown): Promise<Handled> {
  const fault = faultOf(error, update)
  const about = { updateId: update.update_id, kind, ...describeError(error) }
  try {
    if (fault.kind === 'harmless') {
      log().warn({ event: 'reply_refused', outcome: 'handled', ...about })
      const writer = update.message?.from ?? update.callback_query?.from
      if (writer && fault.reachable) await noteReachable(telegram, writer.id, fault.reachable)
      return { response: sayJson(), outcome: 'handled' }
    }
    if (fault.kind === 'poison') {
      log().error({ event: 'update_in_review', outcome: 'review', ...about })
      await keepUpdate(
        telegram,
        { updateId: update.update_id, kind, body: update },
        { state: 'review', reason: fault.reason },
      )
      return { response: sayJson(), outcome: 'review' }
    }
  } catch (second) {
    log().error({ event: 'update_not_kept', ...about, second: describeError(second) })
  }
  log().error({ event: 'update_failed', outcome: 'retry', ...about })
  const response = say(503, 'not committed, send it again')
  response.headers.set('retry-after', String(retryAfterSeconds))
  return { response, outcome: 'retry' }
}

/** Compares with every accepted secret, also after a match. */
function hasSecret(given: string | null): boolean {
  return env()
    .TELEGRAM_WEBHOOK_SECRET.map((known) => isSameSecret(given ?? '', known))
    .includes(true)
}

function parseUpdate(text: string): Update | undefined {
  try {
    // PostgreSQL stores no NUL, and nothing a person types needs one.
    const value: unknown = text.includes('\\u0000')
      ? JSON.parse(text, (_, one) => (typeof one === 'string' ? one.replaceAll('\0', '') : one))
      : JSON.parse(text)
    const isUpdate =
      typeof value === 'object' &&
      value !== null &&
      'update_id' in value &&
      Number.isSafeInteger(value.update_id)
    // Features check the parts they use; everything else is passed over.
    return isUpdate ? (value as Update) : undefined
  } catch {
    return undefined
  }
}

function say(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain' } })
}

/** Telegram looks at the status only, unless a call rides on the answer. */
function sayJson(json?: string): Response {
  if (json === undefined) return new Response(null)
  return new Response(json, { headers: { 'content-type': 'application/json' } })
}
