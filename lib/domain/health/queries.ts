import { type Manager, requirePower } from '@/lib/kit/powers'
import { env } from '@/lib/platform/env'
import { newestMigration } from '@/lib/platform/readiness'
import { telegram } from '@/lib/telegram/client'
import type { QueueDto, RunDto, VersionsDto } from './schema'
import { loadLastUpdate, loadQueue, loadRuns, loadVersion } from './store'

/** What Telegram says of our webhook. Throws when it does not answer. */
export async function findWebhook(actor: Manager) {
  requirePower(actor, 'view')
  const [info, lastUpdate] = await Promise.all([telegram().getWebhookInfo(), loadLastUpdate()])
  const expected = `${env().APP_URL}/api/v1/telegram/webhook`
  return {
    isOurs: info.url === expected,
    url: info.url ?? '',
    expected,
    waiting: info.pending_update_count,
    lastProblem: info.last_error_message ?? null,
    lastProblemAt: info.last_error_date
      ? new Date(info.last_error_date * 1000).toISOString()
      : null,
    lastUpdateAt: lastUpdate?.toISOString() ?? null,
  }
}

export async function findQueue(actor: Manager): Promise<QueueDto> {
  requirePower(actor, 'view')
  return loadQueue()
}

/** The newest comparisons with Telegram's list. */
export async function listRuns(actor: Manager, most = 20): Promise<RunDto[]> {
  requirePower(actor, 'view')
  return loadRuns(most)
}

export async function findVersions(actor: Manager): Promise<VersionsDto> {
  requirePower(actor, 'view')
  return {
    node: process.versions.node,
    postgresql: await loadVersion(),
    migration: newestMigration,
  }
}
