import { ApiError } from '@/simulator/server/errors'
import { type ApiFault, apiFaultFor } from '@/simulator/server/faults'
import { asciiJson } from '@/simulator/server/json'
import { observe, shortened } from '@/simulator/server/observer'
import { record } from '@/simulator/server/world'
import type { ApiCall } from '@/simulator/wire'
import { type Call, Described, type Method, Raw } from './call'
import { messageMethods } from './messages'
import { paymentMethods } from './payments'
import { pollingMethods } from './polling'
import { profileMethods } from './profile'
import { pause } from './sending'
import { webhookMethods } from './webhook'

/** `status` 0 is a connection that breaks before the answer. */
export type ApiAnswer = {
  status: number
  body: string
  description?: string
  retryAfter: number | undefined
}

let table: Map<string, { name: string; run: Method }> | undefined

function lookUp(method: string): { name: string; run: Method } | undefined {
  // Built on first use: the webhook's own module reaches back here for replies.
  table ??= new Map(
    Object.entries({
      ...messageMethods,
      ...paymentMethods,
      ...profileMethods,
      ...webhookMethods,
      ...pollingMethods,
    }).map(([name, run]) => [name.toLowerCase(), { name, run }]),
  )
  return table.get(method.toLowerCase())
}

export function failure(error: ApiError): ApiAnswer {
  const parameters = error.retryAfter === undefined ? undefined : { retry_after: error.retryAfter }
  return {
    status: error.code,
    body: asciiJson({ ok: false, error_code: error.code, description: error.message, parameters }),
    description: error.message,
    retryAfter: error.retryAfter,
  }
}

function success(result: unknown): ApiAnswer {
  let body: string
  if (result instanceof Raw) body = `{"ok":true,"result":${result.json}}`
  else if (result instanceof Described) {
    body = asciiJson({ ok: true, result: result.result, description: result.description })
  } else body = asciiJson({ ok: true, result })
  return { status: 200, body, retryAfter: undefined }
}

const FAULT_TEXTS: Record<number, string> = {
  400: 'Bad Request: fault',
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
}

function faultAnswer(status: number, fault: ApiFault): ApiAnswer {
  const retryAfter = fault.retry_after ?? (status === 429 ? 1 : undefined)
  const text =
    status === 429
      ? `Too Many Requests: retry after ${retryAfter}`
      : (FAULT_TEXTS[status] ?? 'Fault')
  return failure(new ApiError(status, fault.description ?? text, retryAfter))
}

async function run(call: Call, method: Method): Promise<ApiAnswer> {
  try {
    return success(await method(call))
  } catch (error) {
    if (error instanceof ApiError) return failure(error)
    throw error
  }
}

/** The answer as the faults let it be: replaced, late, or after the method took effect. */
async function answerTo(call: Call, method: string): Promise<ApiAnswer> {
  const found = lookUp(method)
  const fault = apiFaultFor(call.world.faults, method)
  const replaced = fault?.status
  if (fault?.delay_ms) await pause(call.world.clock, fault.delay_ms)
  if (fault !== undefined && replaced !== undefined && fault.after !== true) {
    return faultAnswer(replaced, fault)
  }
  if (found === undefined) return failure(new ApiError(404, 'Not Found: method not found'))
  const answer = await run(call, found.run)
  return fault === undefined || replaced === undefined ? answer : faultAnswer(replaced, fault)
}

/** Runs a method and records the call. */
export async function execute(call: Call, method: string, via: ApiCall['via']): Promise<ApiAnswer> {
  const { world } = call
  const started = world.clock.now()
  const entry: ApiCall = {
    call_id: world.nextLogId++,
    bot_id: call.bot.id,
    method: lookUp(method)?.name ?? method,
    parameters: Object.fromEntries(call.params.values),
    at: new Date(started).toISOString(),
    status: 0,
    via,
  }
  record(world.requests, entry)
  observe(world, { type: 'call', call: entry })
  const answer = await answerTo(call, method)
  entry.status = answer.status
  if (answer.description !== undefined) entry.description = answer.description
  entry.duration_ms = Math.round(world.clock.now() - started)
  entry.answer_body = shortened(answer.body)
  observe(world, { type: 'call', call: entry })
  return answer
}
