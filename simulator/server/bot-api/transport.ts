import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { Bot } from '@/simulator/server/bot'
import { ApiError } from '@/simulator/server/errors'
import { readBody } from '@/simulator/server/http'
import type { World } from '@/simulator/server/world'
import { type ApiAnswer, execute, failure } from './methods'
import { bodyMembers, Params } from './params'

const MAX_PARAMETERS = 1024 * 1024
const MAX_UPLOAD = 20 * 1024 * 1024
const MAX_BOT_ID = 2n ** 54n

type Address = { bot: Bot; method: string; isTest: boolean }

function unescapePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function findBot(world: World, token: string): Bot {
  const invalid = new ApiError(401, 'Unauthorized: invalid token specified')
  const colon = token.indexOf(':')
  if (token.startsWith('0') || token.length > 80 || colon < 0) throw invalid
  const rawId = token.slice(0, colon)
  if (!/^-?\d+$/.test(rawId)) {
    throw new ApiError(421, 'Misdirected Request: unallowed token specified')
  }
  const id = BigInt(rawId)
  if (id <= 0n || id >= MAX_BOT_ID) throw invalid
  const bot = world.bots.get(Number(id))
  if (bot?.token !== token) throw new ApiError(401, 'Unauthorized')
  return bot
}

/** `/bot<token>/<method>` or `/bot<token>/test/<method>`; an empty method is left for later. */
function parsePath(world: World, path: string): Address {
  const rest = path.startsWith('/bot') ? path.slice('/bot'.length) : ''
  const slash = rest.indexOf('/')
  if (slash < 0) throw new ApiError(404, 'Not Found')
  let method = rest.slice(slash + 1)
  const isTest = method.startsWith('test/')
  if (isTest) method = method.slice('test/'.length)
  if (method.endsWith('/')) method = method.slice(0, -1)
  return { bot: findBot(world, rest.slice(0, slash)), method, isTest }
}

function send(response: ServerResponse, answer: ApiAnswer): void {
  if (answer.status === 0) {
    response.destroy()
    return
  }
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(answer.body),
    ...(answer.retryAfter === undefined ? {} : { 'Retry-After': answer.retryAfter }),
  })
  response.end(answer.body)
}

/** What goes wrong below the Bot API has no JSON: a bare status and a closed connection. */
function sendBare(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' })
  response.end()
}

type Decoded = { body: Buffer } | { status: 413 | 415 }

/** Bodies may be packed, but not so that they grow beyond what they could have been unpacked. */
function decode(encoding: string, body: Buffer, maxOutputLength: number): Decoded {
  try {
    if (encoding === 'gzip') return { body: gunzipSync(body, { maxOutputLength }) }
    if (encoding === 'deflate') return { body: inflateSync(body, { maxOutputLength }) }
  } catch (error) {
    const isLarge = error instanceof RangeError
    return { status: isLarge ? 413 : 415 }
  }
  return encoding === '' || encoding === 'identity' ? { body } : { status: 415 }
}

export async function handleBotApi(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'POST') return sendBare(response, 501)
  const contentType = request.headers['content-type'] ?? ''
  const isUpload = contentType.toLowerCase().startsWith('multipart/')
  const limit = isUpload ? MAX_UPLOAD : MAX_PARAMETERS
  const raw = await readBody(request, limit)
  if (raw === undefined || url.search.length > MAX_PARAMETERS) return sendBare(response, 413)
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? ''
  const decoded = decode(encoding, raw, limit)
  if ('status' in decoded) return sendBare(response, decoded.status)
  const params = new Params()
  params.add(url.searchParams)
  params.add(await bodyMembers(contentType, decoded.body))
  let size = 0
  for (const [name, value] of params.values) size += name.length + value.length
  if (size > MAX_PARAMETERS) return sendBare(response, 413)
  let address: Address
  try {
    address = parsePath(world, unescapePath(url.pathname))
  } catch (error) {
    if (error instanceof ApiError) return send(response, failure(error))
    throw error
  }
  const hangUp = new AbortController()
  response.once('close', () => hangUp.abort())
  const { bot, isTest } = address
  const call = { world, bot, params, isTest, signal: hangUp.signal }
  send(response, await execute(call, address.method || params.get('method'), 'http'))
}
