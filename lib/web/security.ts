/** What the headers of a page depend on. */
export type PageSecurity = {
  pathname: string
  nonce: string
  /** Origins that may frame the Mini App; no other page may be framed at all. */
  frameOrigins: readonly string[]
  /** The shop's address is HTTPS. */
  isSecure: boolean
  isDevelopment: boolean
}

/** The hash of nothing: Next names the styles of a page in a `<style>` without any (styles/). */
export const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

export function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
}

export function isMiniApp(pathname: string): boolean {
  return pathname === '/app' || pathname.startsWith('/app/')
}

export function contentSecurityPolicy(page: PageSecurity): string {
  const frameAncestors =
    isMiniApp(page.pathname) && page.frameOrigins.length > 0 ? page.frameOrigins : ["'none'"]
  // Hot reload evaluates code, injects styles and talks over a socket; production does none of it.
  const development = (...sources: string[]) => (page.isDevelopment ? sources : [])
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': [
      "'self'",
      `'nonce-${page.nonce}'`,
      "'strict-dynamic'",
      ...development("'unsafe-eval'"),
    ],
    // A nonce would switch 'unsafe-inline' off again, which hot reload needs.
    'style-src': [
      "'self'",
      ...(page.isDevelopment ? ["'unsafe-inline'"] : [`'nonce-${page.nonce}'`, emptyStyle]),
    ],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...development('ws:')],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-src': ["'none'"],
    'frame-ancestors': frameAncestors,
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

/**
 * A year. It speaks for this host alone, because others below it may be somebody else's; what the
 * browser learns from one page holds for every request to the host, also to the API.
 */
const strictTransport = 'max-age=31536000'

/** Every security header of a page's response. */
export function pageHeaders(page: PageSecurity): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(page),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    ...(page.isSecure ? { 'Strict-Transport-Security': strictTransport } : {}),
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    // Telegram's web clients frame the Mini App, which this older header cannot allow by origin.
    ...(isMiniApp(page.pathname) ? {} : { 'X-Frame-Options': 'DENY' }),
  }
}

/** Of a picture that somebody uploaded: opened as a page of its own it may do nothing at all. */
export function pictureHeaders(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
}
