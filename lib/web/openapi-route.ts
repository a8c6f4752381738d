import { sessionCookieName } from '@/lib/auth/cookies'
import { openApiDocument } from './openapi'

/** Public: it says nothing that the source does not. */
export function openApiRoute(): Response {
  return Response.json(openApiDocument(sessionCookieName()), {
    headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
  })
}
