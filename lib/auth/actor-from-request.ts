import type { Actor, PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { incident } from '@/lib/platform/incident'
import { hasBearer } from '@/lib/platform/secrets'
import { readInitData } from '@/lib/telegram/init-data'
import { requireOwnOrigin } from './own-origin'
import { findSessionPerson, hasSessionCookie } from './session'

/** How old init data may be, in seconds; it is not refreshed while an app stays open. */
const initDataAge = { normal: 24 * 3600, sensitive: 3600 } as const

/** The person behind raw init data. Refuses: unauthorized, init_data_expired. */
export async function personFromInitData(
  raw: string,
  age: keyof typeof initDataAge = 'normal',
): Promise<PersonActor> {
  try {
    const {
      allowsWriteToPm: _,
      startParam: __,
      ...profile
    } = readInitData(raw, {
      botToken: env().TELEGRAM_BOT_TOKEN,
      now: await now(),
      maxAgeSeconds: initDataAge[age],
    })
    return { kind: 'person', ...profile }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unauthorized' && raw !== '') {
      incident('init_data_forged')
    }
    throw error
  }
}

/**
 * The person who sent a request: by init data, or by the session of an ordinary browser, which
 * counts from our own pages only. Refuses: unauthorized, init_data_expired, forbidden_origin.
 */
export async function requirePerson(
  request: Request,
  age: keyof typeof initDataAge = 'normal',
): Promise<PersonActor> {
  const header = request.headers.get('authorization')
  if (header === null && hasSessionCookie(request.headers)) return requireSession(request)
  const [, initData] = /^tma (.+)$/i.exec(header ?? '') ?? []
  if (initData === undefined) throw new Refusal('unauthorized')
  return personFromInitData(initData, age)
}

async function requireSession(request: Request): Promise<PersonActor> {
  requireOwnOrigin(request)
  const person = await findSessionPerson(request.headers)
  if (!person) throw new Refusal('unauthorized', 'The session is over. Log in again.')
  return person
}

/** Another service of the owner. Refuses: not_found while no token is set, unauthorized. */
export function requireService(request: Request): Extract<Actor, { kind: 'service' }> {
  const token = env().INTERNAL_API_TOKEN
  if (!token) throw new Refusal('not_found')
  if (!hasBearer(request.headers.get('authorization'), token)) {
    throw new Refusal('unauthorized', 'Send `Authorization: Bearer …` with the internal token.')
  }
  return { kind: 'service' }
}
