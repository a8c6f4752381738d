import { Refusal, type RefusalCode } from '@/lib/kit/errors'
import { problemTitles } from '@/lib/messages/problems'
import { describeError, log } from '@/lib/platform/log'

const statuses = {
  unauthorized: 401,
  init_data_expired: 401,
  forbidden_origin: 403,
  forbidden: 403,
  not_found: 404,
  unknown_plan: 404,
  already_entitled: 409,
  conflict: 409,
  invalid_request: 422,
  rate_limited: 429,
  telegram_unavailable: 502,
  stripe_unavailable: 502,
  database_unavailable: 503,
  internal_error: 500,
} as const satisfies Record<RefusalCode | 'internal_error' | 'database_unavailable', number>

type ProblemCode = keyof typeof statuses

/** An error as RFC 9457 says it: what is wrong and what to do, and nothing of our insides. */
export function problem(
  code: ProblemCode,
  detail?: string,
  headers: Record<string, string> = {},
): Response {
  const status = statuses[code]
  const { title, help } = problemTitles[code]
  return Response.json(
    { type: `urn:starpass:problem:${code}`, title, status, code, detail: detail ?? help },
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...headers,
      },
    },
  )
}

/** Translates whatever a verb threw, once, at the door. */
export function toProblem(error: unknown): Response {
  if (error instanceof Refusal) {
    const wait = error.retryAfterSeconds
    const headers: Record<string, string> = wait ? { 'retry-after': String(wait) } : {}
    if (statuses[error.code] === 401) headers['www-authenticate'] = 'tma'
    return problem(error.code, error.detail, headers)
  }
  log().error({ event: 'request_failed', ...describeError(error) })
  return problem('internal_error')
}
