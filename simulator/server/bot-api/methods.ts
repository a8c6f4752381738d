import { ApiError } from '@/simulator/server/errors'
import { type ApiFault, apiFaultFor } from '@/simulator/server/faults'
import { asciiJson } from '@/simulator/server/json'
import { type ApiRequest, record } from '@/simulator/server/world'
import { type Call, Described, type Method, Raw } from './call'
import { messageMethods } from './messages'
import { paymentMethods } from './payments'
import { profileMethods } from './profile'
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

function faultAnswer(fault: ApiFault): ApiAnswer {
  const retryAfter = fault.retry_after ?? (fault.status === 429 ? 1 : undefined)
  const text =
    fault.status === 429
      ? `Too Many Requests: retry after ${retryAfter}`
      : (FAULT_TEXTS[fault.status] ?? 'Fault')
  return failure(new ApiError(fault.status, fault.description ?? text, retryAfter))
}

async function run(call: Call, method: Method): Promise<ApiAnswer> {
  try {
    return success(await method(call))
  } catch (error) {
    if (error instanceof ApiError) return failure(error)
    throw error
  }
}

/** Runs a method, records the call, and lets the faults have their way. */
export async function execute(
  call: Call,
  method: string,
  via: ApiRequest['via'],
): Promise<ApiAnswer> {
  const found = lookUp(method)
  const entry: ApiRequest = {
    bot_id: call.bot.id,
    method: found?.name ?? method,
    parameters: Object.fromEntries(call.params.values),
    at: new Date(call.world.clock.now()).toISOString(),
    status: 0,
    via,
  }
  record(call.world.requests, entry)
  const fault = apiFaultFor(call.world.faults, method)
  let answer: ApiAnswer
  if (fault !== undefined && fault.after !== true) answer = faultAnswer(fault)
  else if (found === undefined) answer = failure(new ApiError(404, 'Not Found: method not found'))
  else {
    answer = await run(call, found.run)
    if (fault !== undefined) answer = faultAnswer(fault)
  }
  entry.status = answer.status
  if (answer.description !== undefined) entry.description = answer.description
  return answer
}
