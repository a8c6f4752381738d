import { recordAudit } from '@/lib/domain/audit/record-audit'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { describeError, log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { loadRenewing, setForgotten } from './store'

const system = { kind: 'system' } as const

/**
 * Ends every renewal of a person, then forgets their names and what they filled in, and logs them
 * out everywhere. Payments stay, as the law asks, under the Telegram id alone; what was paid for goes
 * on to its end. Refuses: telegram_unavailable (a renewal could not be ended; nothing was forgotten).
 * Safe to call twice.
 */
export async function deleteMyData(actor: PersonActor): Promise<void> {
  const { telegramUserId } = actor
  for (const { invoicePayload } of await loadRenewing(telegramUserId)) {
    await stopSubscription(system, { telegramUserId, invoicePayload }).catch((error: unknown) => {
      log().warn({ event: 'deletion_held_up', outcome: 'failed', ...describeError(error) })
      throw new Refusal(
        'telegram_unavailable',
        'A renewal could not be ended, so nothing was deleted. Try again in a moment.',
      )
    })
  }
  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, telegramUserId, at)
    await setForgotten(tx, userId, at)
    const entry = { action: 'delete_my_data', subject: 'user', subjectId: userId } as const
    await recordAudit(tx, actor, entry, at)
  })
  log().info({ event: 'data_deleted', outcome: 'done', telegramUserId })
}
