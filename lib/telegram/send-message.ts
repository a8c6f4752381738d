import { GrammyError, type InlineKeyboard } from 'grammy'
import { retryAfterSeconds, telegram } from './client'

/** What became of a message. `later` names the seconds Telegram asked to wait. */
export type SendOutcome =
  | { kind: 'sent' }
  | { kind: 'unreachable'; reachable: 'blocked' | 'never_started' }
  | { kind: 'later'; seconds: number }

/** Sends plain text to a person. Throws when Telegram gave no answer or failed: try again later. */
export async function sendMessage(
  telegramUserId: number,
  text: string,
  keyboard?: InlineKeyboard,
): Promise<SendOutcome> {
  try {
    await telegram().sendMessage(telegramUserId, text, {
      link_preview_options: { is_disabled: true },
      ...(keyboard ? { reply_markup: keyboard } : {}),
    })
    return { kind: 'sent' }
  } catch (error) {
    const seconds = retryAfterSeconds(error)
    if (seconds !== undefined) return { kind: 'later', seconds }
    const reachable = unreachableBecause(error)
    if (reachable) return { kind: 'unreachable', reachable }
    throw error
  }
}

/** Whether Telegram said that this person cannot be written to, and why. */
export function unreachableBecause(error: unknown): 'blocked' | 'never_started' | undefined {
  if (!(error instanceof GrammyError)) return undefined
  const { error_code: code, description } = error
  if (code === 403) return /can't initiate/.test(description) ? 'never_started' : 'blocked'
  return code === 400 && /chat not found/.test(description) ? 'never_started' : undefined
}
