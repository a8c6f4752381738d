import type { PersonActor } from '@/lib/kit/actor'
import { loadSessionUser } from './store'

/** The person with this Telegram id, for doors that know already that it is them. */
export async function findPerson(telegramUserId: number): Promise<PersonActor | null> {
  const user = await loadSessionUser(telegramUserId)
  return user && { kind: 'person', ...user.profile }
}

/** Whether this person may buy nothing any more. */
export async function isBanned(actor: PersonActor): Promise<boolean> {
  return (await loadSessionUser(actor.telegramUserId))?.isBanned ?? false
}

/** The person of a session; null when it is over, or the person is banned or deleted. */
export async function findPersonOfSession(
  telegramUserId: number,
  sessionVersion: number,
): Promise<PersonActor | null> {
  const user = await loadSessionUser(telegramUserId)
  if (!user || user.isBanned || user.isDeleted) return null
  if (user.sessionVersion !== sessionVersion) return null
  return { kind: 'person', ...user.profile }
}
