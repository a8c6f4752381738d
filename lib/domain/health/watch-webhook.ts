import { GrammyError, HttpError } from 'grammy'
import { noteFinding } from '@/lib/domain/findings/note-finding'
import { resolveOthers } from '@/lib/domain/findings/resolve-finding'
import type { FindingDetails } from '@/lib/domain/findings/schema'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { describeError, log } from '@/lib/platform/log'
import { readWebhook, type WebhookFacts, webhookUrl } from '@/lib/telegram/webhook'
import { judgeWebhook, type WebhookMatter, webhookMatters } from './rules'

const kind = 'webhook_failing'

/**
 * Tells the admins once of each thing that keeps Telegram from delivering to us. While Telegram
 * itself is silent nothing is known, and nothing changes.
 */
export async function watchWebhook(actor: Extract<Actor, { kind: 'system' }>): Promise<void> {
  const webhook = await askTelegram()
  if (!webhook) return

  const judged = judgeWebhook(webhook, webhookUrl(), await now())

  for (const matter of webhookMatters) {
    if (judged[matter] !== 'bad') continue
    await noteFinding(actor, { kind, subject: matter, details: detailsOf(matter, webhook) })
  }
  await resolveOthers(
    actor,
    kind,
    webhookMatters.filter((matter) => judged[matter] !== 'well'),
  )
}

async function askTelegram(): Promise<WebhookFacts | undefined> {
  try {
    return await readWebhook()
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error
    log().warn({ event: 'webhook_not_known', ...describeError(error) })
    return undefined
  }
}

function detailsOf(matter: WebhookMatter, webhook: WebhookFacts): FindingDetails {
  switch (matter) {
    case 'url':
      return { delivers_to: webhook.url || 'nobody', should_be: webhookUrl() }
    case 'updates':
      return { not_sent: webhook.missingUpdates.join(', ') }
    case 'delivery':
      return { waiting: webhook.waiting, problem: webhook.lastProblem ?? 'no reason given' }
  }
}
