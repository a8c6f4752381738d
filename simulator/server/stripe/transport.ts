import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApiFault, use } from '@/simulator/server/faults'
import { readBody } from '@/simulator/server/http'
import { isRecord } from '@/simulator/server/json'
import { randomSlug } from '@/simulator/server/random'
import type { World } from '@/simulator/server/world'
import type { StripeAccount } from './account'
import { ENDPOINTS } from './endpoints'
import { StripeError } from './errors'
import { expanded } from './expand'
import { decodeForm } from './form'
import type { Reply } from './idempotency'
import { API_VERSION } from './shapes'

/** Stripe's API over HTTP: forms in, JSON out. */

const MAX_BODY = 1024 * 1024

type Incoming = { method: string; path: string; text: string; key: string | undefined; id: string }

function errorReply(error: StripeError): Reply {
  return { status: error.status, body: { error: error.fields } }
}

function keyOf(authorization: string): string {
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1]
  if (basic === undefined) return /^Bearer (.+)$/i.exec(authorization)?.[1] ?? ''
  return Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? ''
}

function authorize(account: StripeAccount, authorization: string | undefined): void {
  const key = keyOf(authorization ?? '')
  const isTest = /^(sk|rk)_test_\w+$/.test(key)
  const isGood = account.secretKey === undefined ? isTest : key === account.secretKey
  if (isGood) return
  const message =
    key === ''
      ? 'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.'
      : `Invalid API Key provided: ${key.slice(0, 8)}****`
  throw new StripeError(401, { type: 'invalid_request_error', message })
}

/** `POST /v1/customers`, `GET /v1/customers/:id` or `*`. */
function names(pattern: string, call: string): boolean {
  const [wanted, parts] = [pattern.split('/'), call.split('/')]
  const isSame = wanted.every((part, index) => part === ':id' || part === parts[index])
  return pattern === '*' || (wanted.length === parts.length && isSame)
}

function faultFor(world: World, { method, path }: Incoming): ApiFault | undefined {
  for (const [name, fault] of Object.entries(world.faults.stripe_api ?? {})) {
    if (names(name, `${method} ${path}`) && use(fault)) return fault
  }
  return undefined
}

function faultReply({ status = 500, description }: ApiFault): Reply {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error'
  const code = status === 429 ? { code: 'rate_limit' } : {}
  const message = description ?? 'Sorry! There was an error while talking to one of our backends.'
  return { status, body: { error: { type, ...code, message } } }
}

function run(account: StripeAccount, incoming: Incoming): Reply {
  const { method, path } = incoming
  const found = ENDPOINTS.find((entry) => entry.method === method && entry.pattern.test(path))
  if (found === undefined) {
    const message = `Unrecognized request URL (${method}: ${path}).`
    throw new StripeError(404, { type: 'invalid_request_error', message })
  }
  const input = decodeForm(new URLSearchParams(incoming.text))
  const id = decodeURIComponent(found.pattern.exec(path)?.groups?.id ?? '')
  account.request = { id: incoming.id, idempotency_key: incoming.key ?? null }
  try {
    const answer = found.run({ account, id, input })
    const paths = isRecord(input) && Array.isArray(input.expand) ? input.expand.map(String) : []
    return { status: 200, body: expanded(account, answer, paths) }
  } finally {
    account.request = { id: null, idempotency_key: null }
  }
}

/** Runs a call once per key; the reply says whether it was a replay. */
function runOnce(account: StripeAccount, incoming: Incoming): Reply & { isReplay: boolean } {
  const { key, method, path, text } = incoming
  if (key === undefined || method !== 'POST') return { ...run(account, incoming), isReplay: false }
  const kept = account.idempotency.begin(key, `${method} ${path}\n${text}`)
  if (kept !== undefined) return { ...kept, isReplay: true }
  let reply: Reply | undefined
  try {
    reply = run(account, incoming)
    return { ...reply, isReplay: false }
  } finally {
    account.idempotency.end(key, reply)
  }
}

async function answer(
  world: World,
  request: IncomingMessage,
  incoming: Incoming,
): Promise<(Reply & { isReplay: boolean }) | 'cut'> {
  try {
    authorize(world.stripe, request.headers.authorization)
    const fault = faultFor(world, incoming)
    if (fault?.delay_ms) {
      const { delay_ms } = fault
      await new Promise<void>((resolve) => world.clock.after(delay_ms, resolve))
    }
    const isReplaced = fault?.status !== undefined
    const reply = isReplaced && !fault.after ? undefined : runOnce(world.stripe, incoming)
    if (isReplaced && fault.status === 0) return 'cut'
    if (isReplaced) return { ...faultReply(fault), isReplay: false }
    return reply ?? 'cut'
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    return { ...errorReply(error), isReplay: false }
  }
}

export async function handleStripeApi(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const body = await readBody(request, MAX_BODY)
  const method = request.method ?? 'GET'
  const isForm = method === 'POST' || (body !== undefined && body.length > 0)
  const header = request.headers['idempotency-key']
  const incoming: Incoming = {
    method,
    path: url.pathname.replace(/^\/stripe\/v1/, '/v1').replace(/\/$/, ''),
    text: isForm ? (body ?? '').toString() : url.search.slice(1),
    key: typeof header === 'string' && header !== '' ? header : undefined,
    id: `req_${randomSlug(10)}`,
  }
  const reply = await answer(world, request, incoming)
  if (reply === 'cut') {
    request.socket.destroy()
    return
  }
  const text = `${JSON.stringify(reply.body, null, 2)}\n`
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Request-Id': incoming.id,
    'Stripe-Version': API_VERSION,
    ...(incoming.key === undefined ? {} : { 'Idempotency-Key': incoming.key }),
    ...(reply.isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
  })
  response.end(text)
}
