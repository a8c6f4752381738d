import { type NextRequest, NextResponse } from 'next/server'
import { env, isDevelopment } from '@/lib/platform/env'
import { makeNonce, pageHeaders } from '@/lib/web/security'

/** Headers of pages, made per request. It guards nothing: every action and route does that itself. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = makeNonce()
  const headers = pageHeaders({
    pathname: request.nextUrl.pathname,
    nonce,
    frameOrigins: env().TELEGRAM_WEB_ORIGINS,
    isSecure: env().APP_URL.startsWith('https://'),
    isDevelopment: isDevelopment(),
  })
  const forwarded = new Headers(request.headers)
  forwarded.set('x-nonce', nonce)
  // Layouts are not told their page, and a login should come back to it.
  forwarded.set('x-page', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  // Next reads the nonce for its own scripts out of this request header.
  forwarded.set('Content-Security-Policy', headers['Content-Security-Policy'] ?? '')
  const response = NextResponse.next({ request: { headers: forwarded } })
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

export const config = {
  matcher: [
    '/((?!api/|_next/static/|_next/image|logo$|(?:icon|share|apple-touch-icon)[\\w-]*\\.(?:svg|png)$|favicon\\.ico$|robots\\.txt$|sitemap\\.xml$|manifest\\.webmanifest$).*)',
  ],
}
