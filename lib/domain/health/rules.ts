import { addSeconds } from '@/lib/kit/period'

/** `unsure`: it was bad a moment ago, so neither an alarm nor an all-clear. */
export type Judgement = 'well' | 'unsure' | 'bad'

/** What can be wrong with the webhook, each by itself. */
export const webhookMatters = ['url', 'updates', 'delivery'] as const
export type WebhookMatter = (typeof webhookMatters)[number]

type Webhook = {
  url: string
  missingUpdates: string[]
  waiting: number
  lastProblemAt: Date | null
}

/** A failure this young, with updates waiting behind it, is not over. */
const freshSeconds = 600
/** Deliveries that fail now and then must not be an alarm and an all-clear each time. */
const calmSeconds = 900

export function judgeWebhook(
  webhook: Webhook,
  expected: string,
  now: Date,
): Record<WebhookMatter, Judgement> {
  return {
    url: webhook.url === expected ? 'well' : 'bad',
    updates: webhook.missingUpdates.length === 0 ? 'well' : 'bad',
    delivery: judgeDelivery(webhook, now),
  }
}

function judgeDelivery({ waiting, lastProblemAt }: Webhook, now: Date): Judgement {
  if (!lastProblemAt || lastProblemAt < addSeconds(now, -calmSeconds)) return 'well'
  const isFresh = lastProblemAt >= addSeconds(now, -freshSeconds)
  return isFresh && waiting > 0 ? 'bad' : 'unsure'
}

/** The queues that are watched; messages by the thousand wait for each other. */
export const queues = ['ordinary', 'bulk'] as const
export type QueueName = (typeof queues)[number]

/** How long a job that could run may wait before somebody must look. */
const patienceSeconds: Record<QueueName, number> = { ordinary: 600, bulk: 6 * 3600 }

export type Waiting = { since: Date; seconds: number }

export const isStuck = (queue: QueueName, waiting: Waiting | null): boolean =>
  waiting !== null && waiting.seconds > patienceSeconds[queue]
