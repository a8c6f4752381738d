import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { HttpError } from './errors'
import { parseJson } from './json'
import type { World } from './world'

/** undefined: longer than `limit`. The rest is read and thrown away, so that the answer arrives. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes: unknown = chunk
    if (!Buffer.isBuffer(bytes)) continue
    size += bytes.length
    if (size <= limit) chunks.push(bytes)
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}

export type RouteContext = {
  world: World
  /** The pattern's named parts, decoded. */
  path: Record<string, string>
  query: URLSearchParams
  body: unknown
}

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  pattern: RegExp
  run: (context: RouteContext) => unknown
}

export function route(method: Route['method'], path: string, run: Route['run']): Route {
  const source = path.replace(/:(\w+)/g, '(?<$1>[^/]+)')
  return { method, pattern: new RegExp(`^${source}$`), run }
}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const where = issue?.path.join('.') ?? ''
  const text = issue?.message ?? 'Invalid input'
  throw new HttpError(400, 'BAD_REQUEST', where === '' ? text : `${where}: ${text}`)
}

const MAX_BODY = 1024 * 1024

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  })
  response.end(body)
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const raw = await readBody(request, MAX_BODY)
  if (raw === undefined) throw new HttpError(413, 'TOO_LARGE', 'The body is longer than 1 MiB.')
  if (raw.length === 0) return {}
  const parsed = parseJson(raw.toString('utf8'))
  if (parsed === undefined) throw new HttpError(400, 'BAD_JSON', 'The body is not valid JSON.')
  return parsed.value
}

async function dispatch(
  world: World,
  routes: Route[],
  request: IncomingMessage,
  url: URL,
): Promise<unknown> {
  const matching = routes.filter(({ pattern }) => pattern.test(url.pathname))
  const found = matching.find(({ method }) => method === request.method)
  if (found === undefined) {
    const methods = matching.map(({ method }) => method).join(', ')
    if (methods === '') throw new HttpError(404, 'NOT_FOUND', `There is no ${url.pathname}.`)
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', `${url.pathname} answers to ${methods}.`)
  }
  const parts = Object.entries(found.pattern.exec(url.pathname)?.groups ?? {})
  const path = Object.fromEntries(parts.map(([name, value]) => [name, decodeURIComponent(value)]))
  const body = request.method === 'GET' ? {} : await jsonBody(request)
  return await found.run({ world, path, query: url.searchParams, body })
}

/** Serves a set of JSON routes; what they throw becomes `{"error", "message"}`. */
export async function handleRoutes(
  world: World,
  routes: Route[],
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    sendJson(response, 200, await dispatch(world, routes, request, url))
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    sendJson(response, error.status, { error: error.code, message: error.message })
  }
}
