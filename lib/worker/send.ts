import type { InlineKeyboard } from 'grammy'
import { noteReachable } from '@/lib/domain/users/note-reachable'
import { describeError, log } from '@/lib/platform/log'
import { sendMessage } from '@/lib/telegram/send-message'
import { pace } from './pace'

/**
 * A task that must wait says when to run again; that costs it no attempt. With `holdsQueue` no other
 * job of its queue runs until then either.
 */
export type Rerun = { afterSeconds: number; holdsQueue?: true }

/**
 * Sends one message and keeps true whether the person can be reached. A person who cannot be told
 * ends the job: their account page is the message.
 */
export async function send(
  telegramUserId: number,
  text: string,
  keyboard?: InlineKeyboard,
): Promise<Rerun | undefined> {
  return deliver('single', telegramUserId, text, keyboard)
}

/** The same for a job of the bulk queue: Telegram's request to slow down pauses all of it. */
export async function sendInBulk(
  telegramUserId: number,
  text: string,
  keyboard?: InlineKeyboard,
): Promise<Rerun | undefined> {
  return deliver('bulk', telegramUserId, text, keyboard)
}

async function deliver(
  how: 'single' | 'bulk',
  telegramUserId: number,
  text: string,
  keyboard?: InlineKeyboard,
): Promise<Rerun | undefined> {
  const paced = await pace()[how](telegramUserId, () => sendMessage(telegramUserId, text, keyboard))
  if ('laterSeconds' in paced) return { afterSeconds: paced.laterSeconds }
  const outcome = paced.sent
  if (outcome.kind === 'later') {
    log().warn({ event: 'telegram_asks_to_wait', outcome: 'later', how, seconds: outcome.seconds })
    return { afterSeconds: outcome.seconds, ...(how === 'bulk' ? { holdsQueue: true } : {}) }
  }
  await noteOutcome(telegramUserId, outcome.kind === 'sent' ? 'yes' : outcome.reachable)
  return undefined
}

/** The message is delivered by now: a failure here must not send it again. */
async function noteOutcome(
  telegramUserId: number,
  reachable: 'yes' | 'blocked' | 'never_started',
): Promise<void> {
  try {
    await noteReachable({ kind: 'system' }, telegramUserId, reachable)
  } catch (error) {
    log().warn({
      event: 'reachable_not_noted',
      outcome: 'sent',
      to: telegramUserId,
      ...describeError(error),
    })
  }
  // Whom the purchase is about and who is told of it may be two people.
  const to = telegramUserId
  log().info(
    reachable === 'yes'
      ? { event: 'message_sent', outcome: 'sent', to }
      : { event: 'message_not_deliverable', outcome: 'undeliverable', to, reachable },
  )
}
