import { Refusal } from '@/lib/kit/errors'
import { env } from '@/lib/platform/env'
import { incident } from '@/lib/platform/incident'

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A request that lives by a cookie must come from our own pages: a browser sends cookies whoever
 * wrote the page. Refuses: forbidden_origin.
 */
export function requireOwnOrigin(request: { method: string; headers: Headers }): void {
  const { method, headers } = request
  const origin = headers.get('origin')
  const isCrossSite = headers.get('sec-fetch-site') === 'cross-site'
  const isOurs = readingMethods.has(method) || origin === env().APP_URL
  if (isOurs && !isCrossSite) return
  incident('origin_forged', { method, isCrossSite, origin: origin?.slice(0, 100) ?? 'none' })
  throw new Refusal('forbidden_origin')
}
