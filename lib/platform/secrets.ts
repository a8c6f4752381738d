import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares two secrets without telling by the time it takes how much of them agrees. */
export function isSameSecret(given: string, known: string): boolean {
  return timingSafeEqual(digest(given), digest(known))
}

/** Whether an `Authorization` header carries this bearer token. */
export function hasBearer(authorization: string | null | undefined, token: string): boolean {
  const [scheme, given = '', ...rest] = (authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && rest.length === 0 && isSameSecret(given, token)
}
