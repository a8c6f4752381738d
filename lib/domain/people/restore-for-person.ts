import { setTimeout as wait } from 'node:timers/promises'
import { GrammyError, HttpError } from 'grammy'
import { refoldPerson } from '@/lib/domain/payments/refold-person'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { describeError, log } from '@/lib/platform/log'
import { changePerson } from './change-person'

export type RestoredFor = { status: 'done'; restored: number } | { status: 'running' }

/** Nobody waits longer for an answer; the run goes on. */
const patienceMs = 10_000

const system = { kind: 'system' } as const

/**
 * Looks in Telegram's list for what a person paid and we do not know, and folds what they have
 * again. `running` while a comparison is going on. Refuses: forbidden, not_found,
 * telegram_unavailable, invalid_request (no reason).
 */
export async function restoreForPerson(
  actor: Manager,
  telegramUserId: number,
  reason: string,
): Promise<RestoredFor> {
  requirePower(actor, 'help')
  const what = { telegramUserId, action: 'restore_purchases', reason }
  await changePerson(actor, what, async () => 'changed')

  const restoring = restore(telegramUserId)
  // Once nobody waits any more, a failure has only the log to go to.
  restoring.catch((error: unknown) => {
    log().warn({ event: 'restore_failed', outcome: 'failed', ...describeError(error) })
  })
  const tooLong = new AbortController()
  try {
    const { signal } = tooLong
    const running = wait(patienceMs, { status: 'running' } as const, { signal })
    running.catch(() => undefined)
    return await Promise.race([restoring, running])
  } finally {
    tooLong.abort()
  }
}

async function restore(telegramUserId: number): Promise<RestoredFor> {
  const reconciled = await reconcile(system, 'tail').catch((error: unknown) => {
    const isTelegram = error instanceof GrammyError || error instanceof HttpError
    throw isTelegram
      ? new Refusal('telegram_unavailable', 'Telegram did not answer. Try again in a moment.')
      : error
  })
  if (reconciled === 'busy') return { status: 'running' }
  await refoldPerson(system, telegramUserId)
  return { status: 'done', restored: reconciled.repairedOf.get(telegramUserId) ?? 0 }
}
