import type { PersonActor } from '@/lib/kit/actor'
import { log } from '@/lib/platform/log'
import { bumpSessionVersion } from './store'

/** Ends every session of the person, in this and all other browsers. */
export async function logOutEverywhere(actor: PersonActor): Promise<void> {
  await bumpSessionVersion(actor.telegramUserId)
  log().info({ event: 'logged_out_everywhere', telegramUserId: actor.telegramUserId })
}
