import { env } from './env'
import { incident } from './incident'
import { metricsText } from './metrics'
import { bearerOf, hasBearer } from './secrets'

/** The answer to a request for metrics: 404 while no token is set, 401 without the right one. */
export async function metricsResponse(
  authorization: string | null | undefined,
): Promise<{ status: number; body: string; contentType: string }> {
  const token = env().METRICS_TOKEN
  if (!token) return { status: 404, body: 'not found\n', contentType: 'text/plain' }
  if (!hasBearer(authorization, token)) {
    if (bearerOf(authorization)) incident('token_forged', { at: 'metrics' })
    return { status: 401, body: 'unauthorized\n', contentType: 'text/plain' }
  }
  return { status: 200, ...(await metricsText()) }
}
