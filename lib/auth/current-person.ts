import { headers } from 'next/headers'
import { cache } from 'react'
import type { PersonActor } from '@/lib/kit/actor'
import { toUnix } from '@/lib/kit/period'
import { findSessionPerson, newLoginSeconds, readSessionToken, renewAfterSeconds } from './session'

/** Who is logged in, for pages and server actions; read once per request. */
export const currentPerson = cache(
  async (): Promise<PersonActor | null> => findSessionPerson(await headers()),
)

/** What the session of whoever is logged in says; undefined for everybody else. */
const currentToken = cache(async () =>
  (await currentPerson()) ? readSessionToken(await headers()) : undefined,
)

export type Viewer = Pick<PersonActor, 'telegramUserId' | 'firstName' | 'username'> & {
  /** Logged in a short while ago, so that they may not have seen yet as whom. */
  isNew: boolean
}

/** Who is logged in, as far as a page's header needs it. */
export async function currentViewer(): Promise<Viewer | null> {
  const person = await currentPerson()
  if (!person) return null
  const { telegramUserId, firstName, username } = person
  const since = (await currentToken())?.since ?? 0
  return { telegramUserId, firstName, username, isNew: ageOf(since) < newLoginSeconds }
}

/** True once a day: pages cannot write cookies, so the browser is asked to renew its session. */
export async function isRenewalDue(): Promise<boolean> {
  const token = await currentToken()
  return token !== undefined && ageOf(token.iat ?? 0) > renewAfterSeconds
}

/** By the cookie's own clock, which is the machine's also in simulations. */
const ageOf = (unixSeconds: number) => toUnix(new Date()) - unixSeconds
