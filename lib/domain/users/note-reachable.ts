import type { Actor } from '@/lib/kit/actor'
import type { Reachable } from './schema'
import { setReachable } from './store'

/** Notes what Telegram's answer to a message told about a person. Unknown people are ignored. */
export async function noteReachable(
  _actor: Extract<Actor, { kind: 'telegram' | 'system' }>,
  telegramUserId: number,
  reachable: Reachable,
): Promise<void> {
  await setReachable(telegramUserId, reachable)
}
