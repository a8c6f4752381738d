import type { InlineKeyboard } from 'grammy'
import { noteReachable } from '@/lib/domain/users/note-reachable'
import { log } from '@/lib/platform/log'
import { sendMessage } from '@/lib/telegram/send-message'

/** A task that must wait says when to run again; that costs it no attempt. */
export type Rerun = { afterSeconds: number }

/**
 * Sends one message and keeps true whether the person can be reached. A person who cannot be told
 * ends the job: their account page is the message.
 */
export async function send(
  telegramUserId: number,
  text: string,
  keyboard?: InlineKeyboard,
): Promise<Rerun | undefined> {
  const outcome = await sendMessage(telegramUserId, text, keyboard)
  if (outcome.kind === 'later') return { afterSeconds: outcome.seconds }
  const reachable = outcome.kind === 'sent' ? 'yes' : outcome.reachable
  await noteReachable({ kind: 'system' }, telegramUserId, reachable)
  if (outcome.kind === 'unreachable') {
    log().info({ event: 'message_not_deliverable', telegramUserId, reachable })
  }
  return undefined
}
