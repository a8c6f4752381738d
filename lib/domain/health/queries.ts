import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { newestMigration } from '@/lib/platform/readiness'
import { readWebhook, webhookUrl } from '@/lib/telegram/webhook'
import { isStuck, judgeWebhook, queues } from './rules'
import type {
  ComparingDto,
  LastUpdateDto,
  QueueDto,
  RunDto,
  VersionsDto,
  WebhookDto,
} from './schema'
import { loadLastUpdate, loadQueue, loadVersion } from './store'
import { loadGivenUp, loadWaits } from './store-queue'
import { countFindingsSince, isComparisonQueued, loadRuns } from './store-runs'

/** What Telegram says of our webhook. Throws when it does not answer. */
export async function findWebhook(actor: Manager): Promise<WebhookDto> {
  requirePower(actor, 'view')
  const expected = webhookUrl()
  const [webhook, at] = await Promise.all([readWebhook(), now()])
  return {
    url: webhook.url,
    expected,
    missing_updates: webhook.missingUpdates,
    waiting: webhook.waiting,
    last_problem: webhook.lastProblem,
    last_problem_at: webhook.lastProblemAt?.toISOString() ?? null,
    judged: judgeWebhook(webhook, expected, at),
  }
}

/** The newest update we kept: of money, of a subscription, or one that waits for a person. */
export async function findLastUpdate(actor: Manager): Promise<LastUpdateDto | null> {
  requirePower(actor, 'view')
  return loadLastUpdate()
}

export async function findQueue(actor: Manager): Promise<QueueDto> {
  requirePower(actor, 'view')
  const [queue, waits, givenUp] = await Promise.all([loadQueue(), loadWaits(), loadGivenUp()])
  return {
    ...queue,
    is_stuck: queues.some((name) => isStuck(name, waits[name])),
    given_up: givenUp.reduce((sum, one) => sum + one.count, 0),
  }
}

/** The newest comparisons with Telegram's list. */
export async function listRuns(actor: Manager, most = 20): Promise<RunDto[]> {
  requirePower(actor, 'view')
  return loadRuns(most)
}

/** The comparison that is at work, else the newest, and whether one waits for its turn. */
export async function findComparing(actor: Manager): Promise<ComparingDto> {
  requirePower(actor, 'view')
  // In this order: what was queued no more has a run by the time the runs are read.
  const isQueued = await isComparisonQueued()
  const [run = null] = await loadRuns(1)
  const hasEnded = run !== null && run.state === 'ended'
  const findings = hasEnded ? await countFindingsSince(new Date(run.started_at)) : 0
  return { is_queued: isQueued, run, findings }
}

export async function findVersions(actor: Manager): Promise<VersionsDto> {
  requirePower(actor, 'view')
  return {
    node: process.versions.node,
    postgresql: await loadVersion(),
    migration: newestMigration,
  }
}
