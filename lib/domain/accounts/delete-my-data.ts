import { recordAudit } from '@/lib/domain/audit/record-audit'
import { lockPerson } from '@/lib/domain/payments/lock-person'
import { stopSubscription } from '@/lib/domain/subscriptions/stop-subscription'
import type { PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { now } from '@/lib/platform/clock'
import { describeError, log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { expireCheckout } from '@/lib/stripe/checkout'
import { takesCards } from '@/lib/stripe/client'
import { stopRenewal } from '@/lib/stripe/subscriptions'
import {
  loadEndedAtStripe,
  loadOpenPages,
  loadRenewing,
  setForgotten,
  setPageClosed,
} from './store'

const system = { kind: 'system' } as const

/**
 * Ends whatever could still be charged: open card pages, then every renewal, also one that Stripe
 * goes on trying. Then forgets a person's names, what they filled in and what Stripe told of them,
 * and logs them out everywhere. Payments stay, as the law asks, under the Telegram id alone; what was
 * paid for goes on to its end. Refuses: telegram_unavailable (something could still be charged;
 * nothing was forgotten). Safe to call twice.
 */
export async function deleteMyData(actor: PersonActor): Promise<void> {
  const { telegramUserId } = actor
  await endCharges(telegramUserId).catch((error: unknown) => {
    log().warn({ event: 'deletion_held_up', outcome: 'failed', ...describeError(error) })
    throw new Refusal(
      'telegram_unavailable',
      'Something could still be charged, so nothing was deleted. Try again in a moment.',
    )
  })
  const at = await now()
  await inTransaction(async (tx) => {
    const userId = await lockPerson(tx, telegramUserId, at)
    await setForgotten(tx, userId, at)
    const entry = { action: 'delete_my_data', subject: 'user', subjectId: userId } as const
    await recordAudit(tx, actor, entry, at)
  })
  log().info({ event: 'data_deleted', outcome: 'done', telegramUserId })
}

async function endCharges(telegramUserId: number): Promise<void> {
  if (takesCards()) await closePages(telegramUserId)
  for (const { invoicePayload } of await loadRenewing(telegramUserId)) {
    await stopSubscription(system, { telegramUserId, invoicePayload })
  }
  if (!takesCards()) return
  // Ended at Stripe's own page while a renewal was unpaid: there the card is tried again.
  for (const id of await loadEndedAtStripe(telegramUserId)) await stopRenewal(id)
}

/** A page paid this very moment may begin a renewal that nobody told us about yet. */
async function closePages(telegramUserId: number): Promise<void> {
  const at = await now()
  for (const { invoiceId, pageId } of await loadOpenPages(telegramUserId, at)) {
    if ((await expireCheckout(pageId)) === 'paid') throw new Error('a card payment is under way')
    await setPageClosed(invoiceId, at)
  }
}
