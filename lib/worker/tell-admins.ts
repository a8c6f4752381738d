import { findFinding } from '@/lib/domain/findings/queries'
import { findPaymentForMessage, listReviews } from '@/lib/domain/payments/queries'
import { reviewReminder } from '@/lib/messages/admin-settings'
import { botMessages } from '@/lib/messages/bot'
import { findingText } from '@/lib/messages/findings'
import { env } from '@/lib/platform/env'
import { addJob, type JobPayload } from '@/lib/platform/jobs'
import { addLogContext, type LogContext } from '@/lib/platform/log'
import { contextOf } from './payment-context'
import { type Rerun, send } from './send'

/** Makes one job per admin, so that a retry for one does not tell the others again. */
export async function tellAdmins(
  payload: JobPayload<'tell_admins'>,
  jobId: string,
): Promise<undefined> {
  const message = await compose(payload, jobId)
  if (!message) return
  for (const telegramUserId of env().ADMIN_TELEGRAM_IDS) {
    for (const [index, text] of partsOf(message.text).entries()) {
      await addJob(
        'send_admin_message',
        { telegramUserId, text, about: message.about },
        { key: `admin:${telegramUserId}:${message.key}:${index}` },
      )
    }
  }
}

/** Telegram takes 4096 characters, which a buyer's words together with ours may exceed. */
const longestText = 4000

function partsOf(text: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    if (part.length + character.length > longestText) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

export function sendAdminMessage(
  payload: JobPayload<'send_admin_message'>,
): Promise<Rerun | undefined> {
  addLogContext(payload.about ?? {})
  return send(payload.telegramUserId, payload.text)
}

type AdminMessage = { text: string; key: string; about?: LogContext }

async function compose(
  payload: JobPayload<'tell_admins'>,
  jobId: string,
): Promise<AdminMessage | null | undefined> {
  const words = botMessages.admins
  if (payload.kind === 'support_message') {
    const who = nameOf(payload.telegramUserId, payload.firstName, payload.username)
    return { text: words.support(who, payload.text), key: `support:${jobId}` }
  }
  if (payload.kind === 'finding') {
    const finding = await findFinding({ kind: 'system' }, payload.findingId)
    return (
      finding && { text: findingText(finding), key: `finding:${finding.id}:${finding.last_seen}` }
    )
  }
  if (payload.kind === 'reviews_waiting') {
    // Counted now: what was settled since the morning is no longer waiting.
    const waiting = (await listReviews({ kind: 'system' }, 1000)).length
    const link = `${env().APP_URL}/admin/health`
    return waiting === 0
      ? undefined
      : { text: reviewReminder(waiting, link), key: `reviews_waiting:${payload.day}` }
  }
  const payment = await findPaymentForMessage({ kind: 'system' }, payload.paymentId)
  if (!payment) return undefined
  const about = contextOf(payment)
  addLogContext(about)
  const { firstName = '', username = null } = payment.user ?? {}
  const who = nameOf(payment.telegramUserId, firstName, username)
  const link = `${env().APP_URL}/admin/payments/${payment.id}`
  const text =
    payload.kind === 'paid_twice'
      ? words.paidTwice(payment, who, link)
      : words.inReview(payment.reason, payment, who, link)
  return { text, key: `${payload.kind}:${payment.id}`, about }
}

function nameOf(id: number, firstName: string, username: string | null): string {
  return [firstName, username ? `@${username}` : '', `(${id})`].filter(Boolean).join(' ')
}
