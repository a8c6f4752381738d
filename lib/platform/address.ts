/**
 * The network address a request comes from: the last one a proxy added, because everything before
 * it is the client's own word. Next fills it in where there is no proxy.
 */
export function addressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}
