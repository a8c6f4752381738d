import { setTimeout as wait } from 'node:timers/promises'
import { GrammyError, HttpError } from 'grammy'
import Stripe from 'stripe'
import { refoldPerson } from '@/lib/domain/payments/refold-person'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import type { Actor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { describeError, log } from '@/lib/platform/log'
import { takesCards } from '@/lib/stripe/client'
import { changePerson } from './change-person'
import type { RestoredFor } from './schema'
import { countCardFacts } from './store-checkouts'

/** Nobody waits longer for an answer; the run goes on. */
const patienceMs = 10_000

const system = { kind: 'system' } as const

/** Reads Stripe's list of events; given by the door, because that room stands beside this one. */
type CatchUpCards = (
  actor: Extract<Actor, { kind: 'system' }>,
  scope: 'all',
) => Promise<{ seen: number }>

/**
 * Looks in Telegram's list and, where cards are taken, in Stripe's for what a person paid and we do
 * not know, and folds what they have again whatever became of the looking. `running` when that takes
 * long. Refuses: forbidden, not_found, telegram_unavailable (nobody answered), invalid_request (no
 * reason).
 */
export async function restoreForPerson(
  actor: Manager,
  { telegramUserId, reason }: { telegramUserId: number; reason: string },
  catchUpCards: CatchUpCards,
): Promise<RestoredFor> {
  requirePower(actor, 'help')
  const what = { telegramUserId, action: 'restore_purchases', reason }
  await changePerson(actor, what, async () => 'changed')

  const restoring = restore(telegramUserId, catchUpCards)
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

async function restore(telegramUserId: number, catchUpCards: CatchUpCards): Promise<RestoredFor> {
  const [stars, cards] = await Promise.all([
    lookAtStars(telegramUserId),
    lookAtCards(telegramUserId, catchUpCards),
  ])
  await refoldPerson(system, telegramUserId)

  if (stars.look === 'silent' && (cards.look === 'silent' || cards.look === 'off')) {
    throw new Refusal('telegram_unavailable', 'Nobody answered. Try again in a moment.')
  }
  return {
    status: 'done',
    restored: stars.restored + cards.restored,
    stars: stars.look,
    cards: cards.look,
  }
}

async function lookAtStars(telegramUserId: number) {
  try {
    const reconciled = await reconcile(system, 'tail')
    if (reconciled === 'busy') return { look: 'busy', restored: 0 } as const
    return { look: 'looked', restored: reconciled.repairedOf.get(telegramUserId) ?? 0 } as const
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error
    log().warn({ event: 'restore_failed', outcome: 'failed', ...describeError(error) })
    return { look: 'silent', restored: 0 } as const
  }
}

async function lookAtCards(telegramUserId: number, catchUpCards: CatchUpCards) {
  if (!takesCards()) return { look: 'off', restored: 0 } as const
  const before = await countCardFacts(telegramUserId)
  try {
    await catchUpCards(system, 'all')
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    log().warn({ event: 'restore_failed', outcome: 'failed', ...describeError(error) })
    return { look: 'silent', restored: 0 } as const
  }
  return { look: 'looked', restored: (await countCardFacts(telegramUserId)) - before } as const
}
