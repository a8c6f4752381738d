import { headers } from 'next/headers'
import { cache } from 'react'
import type { PersonActor } from '@/lib/kit/actor'
import { toUnix } from '@/lib/kit/period'
import { findSessionPerson, readSessionToken, renewAfterSeconds } from './session'

/** Who is logged in, for pages and server actions; read once per request. */
export const currentPerson = cache(
  async (): Promise<PersonActor | null> => findSessionPerson(await headers()),
)

export type Viewer = { telegramUserId: number; firstName: string }

/** Who is logged in, as far as a page's header needs it. */
export async function currentViewer(): Promise<Viewer | null> {
  const person = await currentPerson()
  return person && { telegramUserId: person.telegramUserId, firstName: person.firstName }
}

/** True once a day: pages cannot write cookies, so the browser is asked to renew its session. */
export async function isRenewalDue(): Promise<boolean> {
  const token = (await currentPerson()) ? await readSessionToken(await headers()) : undefined
  // The cookie's own clock, which is the machine's also in simulations.
  return token !== undefined && toUnix(new Date()) - (token.iat ?? 0) > renewAfterSeconds
}
