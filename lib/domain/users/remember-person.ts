import type { Actor, Profile } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import type { Reachable } from './schema'
import { setReachable, upsertUser } from './store'

/** Keeps a person's names as Telegram last said them, and whether the bot may write to them. */
export async function rememberPerson(
  _actor: Extract<Actor, { kind: 'telegram' }>,
  profile: Profile,
  reachable?: Reachable,
): Promise<void> {
  await upsertUser(profile, await now())
  if (reachable) await setReachable(profile.telegramUserId, reachable)
}
