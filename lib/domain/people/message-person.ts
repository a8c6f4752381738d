import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { addJobIn } from '@/lib/platform/transaction'
import { changePerson } from './change-person'
import type { MessageInput } from './schema'
import { isWritten } from './store'

/**
 * Writes to a person through the bot, as plain text. Safe to call twice with one id. Refuses:
 * forbidden, not_found, conflict (the bot cannot reach them), invalid_request (no text).
 */
export async function messagePerson(
  actor: Manager,
  { id, telegramUserId, text }: MessageInput,
): Promise<'queued' | 'already_queued'> {
  requirePower(actor, 'help')
  const details = { messageId: id }
  const what = { telegramUserId, action: 'message_person', reason: text, details }
  const outcome = await changePerson(actor, what, async (tx, { reachable }) => {
    if (reachable === 'blocked' || reachable === 'never_started') {
      throw new Refusal('conflict', 'The bot cannot reach this person: nothing would arrive.')
    }
    if (await isWritten(tx, telegramUserId, id)) return 'as_before'
    await addJobIn(tx, {
      name: 'send_person_message',
      payload: { telegramUserId, text: text.trim() },
      key: `send_person_message:${id}`,
    })
    return 'changed'
  })
  return outcome === 'changed' ? 'queued' : 'already_queued'
}
