import { listAlerted } from '@/lib/domain/admins/queries'
import { findFinding } from '@/lib/domain/findings/queries'
import { findPaymentForMessage, listReviews } from '@/lib/domain/payments/queries'
import { listWaitingUpdates } from '@/lib/domain/updates/queries'
import { updatesWaiting } from '@/lib/messages/admin-health'
import { reviewReminder } from '@/lib/messages/admin-settings'
import { botMessages } from '@/lib/messages/bot'
import { findingPath, findingText } from '@/lib/messages/findings'
import { env } from '@/lib/platform/env'
import { addJob, type JobPayload } from '@/lib/platform/jobs'
import { addLogContext, type LogContext, log } from '@/lib/platform/log'
import { contextOf } from './payment-context'
import { type Rerun, send } from './send'

const system = { kind: 'system' } as const

/** Makes one job per admin, so that a retry for one does not tell the others again. */
export async function tellAdmins(
  payload: JobPayload<'tell_admins'>,
  jobId: string,
): Promise<undefined> {
  const message = await compose(payload, jobId)
  if (!message) return
  const admins = await listAlerted(system)
  if (admins.length === 0) {
    log().error({ event: 'nobody_to_tell', outcome: 'undeliverable', kind: payload.kind })
  }
  for (const telegramUserId of admins) {
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

/** Every text ends with the page where an admin can do something about it. */
type AdminMessage = { text: string; key: string; about?: LogContext }

const linkTo = (path: string) => `${env().APP_URL}${path}`
const linked = (text: string, path: string) => `${text}\n${linkTo(path)}`

async function compose(
  payload: JobPayload<'tell_admins'>,
  jobId: string,
): Promise<AdminMessage | undefined> {
  switch (payload.kind) {
    case 'support_message': {
      const { telegramUserId, firstName, username, text } = payload
      const who = nameOf(telegramUserId, firstName, username)
      return {
        text: linked(botMessages.admins.support(who, text), `/admin/users/${telegramUserId}`),
        key: `support:${jobId}`,
      }
    }
    case 'finding':
      return composeFinding(payload.findingId)
    case 'reviews_waiting': {
      // Counted now: what was settled since the morning is no longer waiting.
      const waiting = (await listReviews(system, 1000)).length
      if (waiting === 0) return undefined
      const key = `reviews_waiting:${payload.day}`
      return { text: reviewReminder(waiting, linkTo('/admin/health')), key }
    }
    case 'updates_in_review': {
      const updates = await listWaitingUpdates(system, 1000)
      if (updates.length === 0) return undefined
      const key = `updates_in_review:${jobId}`
      return { text: linked(updatesWaiting(updates), '/admin/health'), key }
    }
    default:
      return composePayment(payload)
  }
}

async function composeFinding(id: string): Promise<AdminMessage | undefined> {
  const finding = await findFinding(system, id)
  if (!finding) return undefined
  const key = `finding:${finding.id}:${finding.last_seen}`
  return { text: linked(findingText(finding), findingPath(finding)), key }
}

async function composePayment({
  kind,
  paymentId,
}: Extract<JobPayload<'tell_admins'>, { paymentId: string }>): Promise<AdminMessage | undefined> {
  const payment = await findPaymentForMessage(system, paymentId)
  if (!payment) return undefined
  const about = contextOf(payment)
  addLogContext(about)
  const { firstName = '', username = null } = payment.user ?? {}
  const who = nameOf(payment.telegramUserId, firstName, username)
  const link = linkTo(`/admin/payments/${payment.id}`)
  const words = botMessages.admins
  const text =
    kind === 'paid_twice'
      ? words.paidTwice(payment, who, link)
      : words.inReview(payment.reason, payment, who, link)
  return { text, key: `${kind}:${payment.id}`, about }
}

function nameOf(id: number, firstName: string, username: string | null): string {
  return [firstName, username ? `@${username}` : '', `(${id})`].filter(Boolean).join(' ')
}
