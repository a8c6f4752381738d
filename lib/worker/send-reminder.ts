import { InlineKeyboard } from 'grammy'
import { findReminderToSend } from '@/lib/domain/reminders/queries'
import { reminderMessages } from '@/lib/messages/reminders'
import { env } from '@/lib/platform/env'
import type { JobPayload } from '@/lib/platform/jobs'
import { type Rerun, sendInBulk } from './send'

type Found = NonNullable<Awaited<ReturnType<typeof findReminderToSend>>>

/** Tells somebody that their plan ends or has ended, unless that is out of date by now. */
export async function sendReminder({
  reminderId,
}: JobPayload<'send_reminder'>): Promise<Rerun | undefined> {
  const found = await findReminderToSend({ kind: 'system' }, reminderId)
  if (!found) return undefined
  return sendInBulk(found.telegramUserId, textOf(found), keyboardOf(found))
}

function textOf({ kind, planName, endsAt, canBuyNow }: Found): string {
  const words = reminderMessages
  if (kind === 'ended') {
    return [words.ended(planName, endsAt), ...(canBuyNow ? [words.buyAgainHint] : [])].join(' ')
  }
  return [words.beforeEnd(planName, endsAt), ...(canBuyNow ? [words.extendHint] : [])].join(' ')
}

function keyboardOf({ kind, planCode, canBuyNow }: Found): InlineKeyboard {
  const words = reminderMessages
  const keyboard = new InlineKeyboard()
  const { APP_URL } = env()
  if (canBuyNow) {
    return keyboard.text(kind === 'ended' ? words.buyAgain : words.extend, `buy:${planCode}`)
  }
  return kind === 'ended'
    ? keyboard.webApp(words.openPlans, `${APP_URL}/app`)
    : keyboard.webApp(words.openAccount, `${APP_URL}/app/account`)
}
