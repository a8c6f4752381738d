import { cookieOf, loginCookieName } from '@/lib/auth/cookies'
import { requireOwnOrigin } from '@/lib/auth/own-origin'
import { pollLogin } from '@/lib/domain/logins/queries'
import { toProblem } from './problem'

/** Where the login of the asking browser stands; a browser without one has nothing to wait for. */
export async function loginCodeRoute(request: Request): Promise<Response> {
  try {
    requireOwnOrigin(request)
    const secret = cookieOf(request.headers, loginCookieName())
    const login = secret ? await pollLogin(secret) : null
    return Response.json(
      { state: login?.state ?? 'expired' },
      { headers: { 'cache-control': 'no-store' } },
    )
  } catch (error) {
    return toProblem(error)
  }
}
