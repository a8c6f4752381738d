import type { PersonActor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import type { Reachable } from './schema'
import { insertIfNew, loadSessionUser, reviveUser, setReachable } from './store'

/**
 * Begins a session of a person who just proved who they are, as the same user as in the Mini App.
 * Gives the version that the session is good for; undefined for somebody who is banned.
 */
export async function openSession(
  actor: PersonActor,
  reachable?: Reachable,
): Promise<{ sessionVersion: number } | undefined> {
  const { kind: _, ...profile } = actor
  const before = await loadSessionUser(actor.telegramUserId)
  if (before?.isBanned) return undefined

  if (!before) await insertIfNew(profile, await now())
  if (before?.isDeleted) await reviveUser(profile)
  if (reachable) await setReachable(actor.telegramUserId, reachable)
  const user = await loadSessionUser(actor.telegramUserId)
  return user && !user.isBanned ? { sessionVersion: user.sessionVersion } : undefined
}
