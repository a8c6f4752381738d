import { AsyncLocalStorage } from 'node:async_hooks'
import type { LoginProblem } from '@/lib/messages/login'
import { incident } from '@/lib/platform/incident'
import { describeError, log } from '@/lib/platform/log'

/** What went wrong, by the words of openid-client and of the issuer. The first that fits counts. */
const byMessage: readonly (readonly [RegExp, LoginProblem])[] = [
  [/^access_denied/, 'access_denied'],
  [/^state m|checks\.state/, 'state_mismatch'],
  [/cookie was missing|could not be parsed|for a different provider/, 'attempt_lost'],
  [/^decryption operation failed|claim timestamp check failed|Compact JWE/, 'attempt_lost'],
  [/^invalid_grant/, 'grant_refused'],
  [/^(invalid|unauthorized)_client|redirect_uri/, 'misconfigured'],
  [/iss value|^iss m/, 'wrong_issuer'],
  [/^aud |^azp |JWT property (aud|azp)/, 'wrong_audience'],
  [/JWT alg/, 'wrong_algorithm'],
  [/JWT signature|no valid key|multiple matching keys|decode JWT/, 'wrong_signature'],
  [/^JWT expired|^JWT not active/, 'token_expired'],
  [/id_token not present|JWT property/, 'no_person'],
  [/timed out|ECONN|ENOTFOUND|EAI_AGAIN|EPROTO|expected 200|server_error/, 'telegram_unavailable'],
]

/** Attempts that somebody made up, rather than slips of a person or a network. */
const forged: ReadonlySet<LoginProblem> = new Set([
  'wrong_issuer',
  'wrong_audience',
  'wrong_algorithm',
  'wrong_signature',
])

type Noted = { problem?: LoginProblem }
const noted = new AsyncLocalStorage<Noted>()

/** Does the work and tells what next-auth logged meanwhile; it says no more than "failed" itself. */
export async function notingProblems<T>(
  work: () => Promise<T>,
): Promise<{ value: T; problem: LoginProblem | undefined }> {
  const store: Noted = {}
  const value = await noted.run(store, work)
  return { value, problem: store.problem }
}

/** next-auth's logger. Its metadata may hold tokens and profiles, so only our own words go on. */
export const authLogger = {
  error(code: string, metadata: unknown) {
    const error = errorIn(metadata)
    const problem = problemOf(code, error)
    const store = noted.getStore()
    if (store && !store.problem) store.problem = problem
    if (forged.has(problem)) incident('token_forged', { what: 'id_token', problem })
    else if (problem === 'state_mismatch') incident('origin_forged', { what: 'login', problem })
    else log().warn({ event: 'login_failed', outcome: problem, code, ...messageOf(problem, error) })
  },
  warn() {},
  debug() {},
}

function problemOf(code: string, error: unknown): LoginProblem {
  if (code === 'OAUTH_PARSE_PROFILE_ERROR') return 'no_person'
  const message = error instanceof Error ? error.message : ''
  const found = byMessage.find(([pattern]) => pattern.test(message))?.[1]
  if (found) return found
  return code === 'SIGNIN_OAUTH_ERROR' ? 'telegram_unavailable' : 'failed'
}

function errorIn(metadata: unknown): unknown {
  const isWrapped = typeof metadata === 'object' && metadata !== null && 'error' in metadata
  return isWrapped ? metadata.error : metadata
}

/** The owner needs the words only where the owner or the network can mend it. */
function messageOf(problem: LoginProblem, error: unknown): { message?: string } {
  const isForOwner = ['failed', 'misconfigured', 'telegram_unavailable'].includes(problem)
  return isForOwner ? { message: describeError(error).message } : {}
}
