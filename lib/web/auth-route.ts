import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { attemptCookieNames, cookieOptions } from '@/lib/auth/cookies'
import { notingProblems } from '@/lib/auth/login-problem'
import { authOptions } from '@/lib/auth/options'
import { requireOwnOrigin } from '@/lib/auth/own-origin'
import { returnPath } from '@/lib/auth/return-path'
import { Refusal } from '@/lib/kit/errors'
import { type LoginProblem, loginProblems } from '@/lib/messages/login'
import { addressOf } from '@/lib/platform/address'
import { env } from '@/lib/platform/env'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { problem, toProblem } from './problem'

type Context = { params: Promise<{ nextauth: string[] }> }

/** What we serve of next-auth; its own pages and its browser log are not among it. */
const served: ReadonlySet<string> = new Set([
  ...['GET providers', 'GET csrf', 'GET session', 'GET signin', 'GET error'],
  ...['GET callback/telegram', 'POST signin/telegram', 'POST callback/telegram-code'],
  ...['POST signout', 'POST session'],
])

/** Steps that make us ask Telegram or that could be tried out. */
const limited: ReadonlySet<string> = new Set([
  ...['GET callback/telegram', 'POST signin/telegram', 'POST callback/telegram-code'],
])

/**
 * next-auth's endpoint. Every failure ends on our login page with the reason that next-auth itself
 * would only log.
 */
export async function authRoute(request: NextRequest, context: Context): Promise<Response> {
  try {
    const step = `${request.method} ${(await context.params).nextauth.join('/')}`
    if (!served.has(step)) return problem('not_found')
    if (request.method === 'POST') requireOwnOrigin(request)
    if (limited.has(step)) {
      const verdict = await takeAttempt('logins', addressOf(request.headers))
      if (!verdict.allowed) return refuse(request, 'rate_limited', verdict.retryAfterSeconds)
    }
    // Next-auth would hand on a query as parameters of the question to Telegram.
    if (request.method === 'POST') request.nextUrl.search = ''
    const { value: response, problem: noted } = await notingProblems<Response>(() =>
      NextAuth(request, context, authOptions()),
    )
    return await translate(response, step, noted)
  } catch (error) {
    return toProblem(error)
  }
}

function refuse(request: Request, code: 'rate_limited', retryAfterSeconds: number): Response {
  if (request.method === 'GET') return toLoginPage(code)
  return toProblem(new Refusal(code, undefined, retryAfterSeconds))
}

/** next-auth answers with a redirect, or with the same as JSON where a script asked. */
async function translate(
  response: Response,
  step: string,
  noted: LoginProblem | undefined,
): Promise<Response> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  const target = response.headers.get('location') ?? (isJson ? await urlIn(response) : undefined)
  if (target === undefined) {
    // A bad callbackUrl, in a query or a planted cookie, ends in next-auth's "configuration" error.
    return response.status >= 500 ? toLoginPage(noted ?? 'failed') : response
  }
  const url = new URL(target, env().APP_URL)
  if (step === 'GET signin') return toLoginPage(knownProblem(url), url.searchParams)
  const isWayBack = /^\/(login|api\/auth\/(error|signin))$/.test(url.pathname)
  if (url.origin !== env().APP_URL || !isWayBack) return response
  const code = knownProblem(url) ?? noted ?? byNextAuth[url.searchParams.get('error') ?? '']
  return toLoginPage(code ?? 'failed', undefined, isJson)
}

const byNextAuth: Record<string, LoginProblem> = {
  CredentialsSignin: 'not_confirmed',
  AccessDenied: 'banned',
}

function knownProblem(url: URL): LoginProblem | undefined {
  const code = url.searchParams.get('csrf') ? 'forbidden_origin' : url.searchParams.get('error')
  return code && Object.hasOwn(loginProblems, code) ? (code as LoginProblem) : undefined
}

async function urlIn(response: Response): Promise<string | undefined> {
  const body: unknown = await response.clone().json()
  const hasUrl = typeof body === 'object' && body !== null && 'url' in body
  return hasUrl && typeof body.url === 'string' ? body.url : undefined
}

/** To the login page; what the browser kept of a failed attempt is taken back. */
function toLoginPage(
  code: LoginProblem | undefined,
  query?: URLSearchParams,
  asJson = false,
): Response {
  const target = new URL('/login', env().APP_URL)
  const path = query?.get('callbackUrl')
  if (path) target.searchParams.set('callbackUrl', returnPath(path, env().APP_URL))
  if (code) target.searchParams.set('error', code)
  const headers = new Headers({ 'cache-control': 'no-store' })
  const secure = cookieOptions().secure ? '; Secure' : ''
  for (const name of code ? attemptCookieNames() : []) {
    headers.append('set-cookie', `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`)
  }
  if (asJson) return Response.json({ url: target.href }, { headers })
  headers.set('location', target.href)
  return new Response(null, { status: 302, headers })
}
