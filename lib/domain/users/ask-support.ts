import type { PersonActor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { addJob } from '@/lib/platform/jobs'
import { closeSupport, openSupport, upsertUser } from './store'

/** After this the person's next message goes to the admins, for a day. */
export async function openSupportRequest(actor: PersonActor): Promise<void> {
  const at = await now()
  await upsertUser(actor, at)
  await openSupport(actor.telegramUserId, addDays(at, 1))
}

/** Hands the message to the admins if the person had asked for support. Says whether it did. */
export async function sendSupportMessage(
  actor: PersonActor,
  message: { messageId: number; text: string },
): Promise<boolean> {
  if (!(await closeSupport(actor.telegramUserId, await now()))) return false
  await addJob(
    'tell_admins',
    {
      kind: 'support_message',
      telegramUserId: actor.telegramUserId,
      firstName: actor.firstName,
      username: actor.username,
      text: message.text,
    },
    { key: `support:${actor.telegramUserId}:${message.messageId}` },
  )
  return true
}
