import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Clock } from '@/simulator/server/clock'

export type Answer =
  | {
      kind: 'answer'
      status: number
      reason: string
      headers: IncomingMessage['headers']
      body: Buffer
    }
  | { kind: 'failure'; error: string }

export type Target = {
  url: URL
  secret: string
  /** Where to connect in place of what the name resolves to. */
  ipAddress: string
  agent: Agent | HttpsAgent
}

/** So long nothing may come. */
export const READ_LIMIT = 60_000
const ANSWER_LIMIT = 1024 * 1024
const MAX_RETRY_AFTER = 3600

export function retryAfter(answer: Answer): number | undefined {
  if (answer.kind !== 'answer') return undefined
  const seconds = Number.parseInt(answer.headers['retry-after'] ?? '', 10)
  if (Number.isNaN(seconds)) return undefined
  return Math.min(Math.max(seconds, 0), MAX_RETRY_AFTER)
}

/** What getWebhookInfo says of an answer; undefined for one that delivers. */
export function errorOf(answer: Answer): string | undefined {
  if (answer.kind === 'failure') return answer.error
  if (answer.status >= 200 && answer.status <= 299) return undefined
  return `Wrong response from the webhook: ${answer.status} ${answer.reason}`.trimEnd()
}

export function fakeAnswer(status: number): Answer {
  return { kind: 'answer', status, reason: 'Fault', headers: {}, body: Buffer.alloc(0) }
}

function explain(error: NodeJS.ErrnoException, connected: boolean): string {
  const code = error.code ?? ''
  if (connected || code === 'ECONNRESET') return 'Webhook connection closed'
  if (/^ERR_(TLS|SSL)|CERT|^EPROTO$/.test(code)) {
    return `SSL error {${error.message}}`
  }
  return "Can't connect to the webhook"
}

function decompress(encoding: string | undefined, body: Buffer): Buffer {
  try {
    if (encoding === 'gzip') return gunzipSync(body)
    if (encoding === 'deflate') return inflateSync(body)
    if (encoding === 'br') return brotliDecompressSync(body)
  } catch {
    return Buffer.alloc(0)
  }
  return body
}

/** A resolver that knows one address. */
function fixedAddress(address: string): LookupFunction {
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family: 4 }])
    else callback(null, address, 4)
  }
}

/** One POST of one update. Never rejects; `abort` ends it as a closed connection. */
export function attempt(
  clock: Clock,
  target: Target,
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const send = target.url.protocol === 'https:' ? httpsRequest : httpRequest
    const { username, password } = target.url
    let connected = false
    const request = send(target.url, {
      method: 'POST',
      agent: target.agent,
      signal,
      ...(target.ipAddress === '' ? {} : { lookup: fixedAddress(target.ipAddress) }),
      ...(username === '' ? {} : { auth: decodeURIComponent(`${username}:${password}`) }),
      headers: {
        ...(target.secret === '' ? {} : { 'X-Telegram-Bot-Api-Secret-Token': target.secret }),
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'Accept-Encoding': 'gzip, deflate',
      },
    })
    const expire = () => finish({ kind: 'failure', error: 'Read timeout expired' })
    let idle = clock.after(READ_LIMIT, expire)
    const finish = (answer: Answer) => {
      idle.cancel()
      resolve(answer)
      if (answer.kind === 'failure') request.destroy()
    }
    request.on('socket', (socket) => {
      connected = !socket.connecting
      if (connected) return
      socket.once(target.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        connected = true
      })
    })
    request.on('error', (error) => finish({ kind: 'failure', error: explain(error, connected) }))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        idle.cancel()
        idle = clock.after(READ_LIMIT, expire)
        size += chunk.length
        if (size <= ANSWER_LIMIT) chunks.push(chunk)
      })
      response.on('error', () => finish({ kind: 'failure', error: 'Webhook connection closed' }))
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '', headers } = response
        const bytes = decompress(headers['content-encoding'], Buffer.concat(chunks))
        finish({ kind: 'answer', status: statusCode, reason: statusMessage, headers, body: bytes })
      })
    })
    request.end(body)
  })
}
