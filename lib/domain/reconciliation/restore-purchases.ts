import { GrammyError, HttpError } from 'grammy'
import { refoldPerson } from '@/lib/domain/payments/refold-person'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { describeError, log } from '@/lib/platform/log'
import { takeAttempt } from '@/lib/platform/rate-limit'
import { reconcile } from './reconcile'

export type Restored = { status: 'done'; restored: number } | { status: 'running' }

/** Nobody waits longer for an answer; the run goes on. */
const patienceMs = 5000

const system = { kind: 'system' } as const

/**
 * Looks in Telegram's list for what this person paid and we do not know, and folds what they have
 * again. `running` while a comparison is still going on; asking again later tells how it ended.
 * Refuses: rate_limited, telegram_unavailable.
 */
export async function restorePurchases(actor: PersonActor): Promise<Restored> {
  const verdict = await takeAttempt('restores', String(actor.telegramUserId))
  if (!verdict.allowed) {
    throw new Refusal(
      'rate_limited',
      `Looked up a moment ago. Try again in ${verdict.retryAfterSeconds} s.`,
      verdict.retryAfterSeconds,
    )
  }
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<Restored>((resolve) => {
    timer = setTimeout(resolve, patienceMs, { status: 'running' })
  })
  const restoring = restore(actor.telegramUserId)
  // Once nobody waits any more, a failure has only the log to go to.
  restoring.catch((error: unknown) => {
    log().warn({ event: 'restore_failed', outcome: 'failed', ...describeError(error) })
  })
  try {
    return await Promise.race([restoring, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

async function restore(telegramUserId: number): Promise<Restored> {
  const reconciled = await reconcile(system, 'tail').catch((error: unknown) => {
    const isTelegram = error instanceof GrammyError || error instanceof HttpError
    throw isTelegram
      ? new Refusal('telegram_unavailable', 'Telegram did not answer. Try again in a moment.')
      : error
  })
  await refoldPerson(system, telegramUserId)
  if (reconciled === 'busy') return { status: 'running' }
  const restored = reconciled.repairedOf.get(telegramUserId) ?? 0
  log().info({ event: 'restored', outcome: 'done', telegramUserId, restored })
  return { status: 'done', restored }
}
