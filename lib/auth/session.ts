import { decode } from 'next-auth/jwt'
import { z } from 'zod'
import { findPersonOfSession } from '@/lib/domain/users/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { env } from '@/lib/platform/env'
import { incident } from '@/lib/platform/incident'
import { cookieOf, sessionCookieName } from './cookies'

/** Seconds that a session lasts without being used; every renewal starts them anew. */
export const sessionSeconds = 30 * 24 * 3600
export const renewAfterSeconds = 24 * 3600
/** How long after a login pages say as whom one is logged in. */
export const newLoginSeconds = 600

/** What a session's token says. Whether it still holds is for the person's row to say. */
export const sessionToken = z.object({
  sub: z
    .string()
    .regex(/^[1-9]\d{0,15}$/)
    .transform(Number),
  version: z.int(),
  /** When the login was, in Unix seconds; a renewal changes `iat` only. */
  since: z.int().optional(),
  iat: z.int().optional(),
})
export type SessionToken = z.infer<typeof sessionToken>

export function hasSessionCookie(headers: Headers): boolean {
  return cookieOf(headers, sessionCookieName()) !== undefined
}

/** The token that the request's cookie carries, if it is ours and not too old. */
export async function readSessionToken(headers: Headers): Promise<SessionToken | undefined> {
  const token = cookieOf(headers, sessionCookieName())
  if (!token) return undefined
  try {
    return sessionToken.parse(await decode({ token, secret: env().NEXTAUTH_SECRET }))
  } catch (error) {
    if (!isExpired(error)) incident('token_forged', { what: 'session' })
    return undefined
  }
}

/** The person whose session the request carries, checked against their row every time. */
export async function findSessionPerson(headers: Headers): Promise<PersonActor | null> {
  const token = await readSessionToken(headers)
  return token ? findPersonOfSession(token.sub, token.version) : null
}

function isExpired(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
}
