import type { Actor, PersonActor } from '@/lib/kit/actor'
import { type Manager, requirePower } from '@/lib/kit/powers'
import type { PaymentList, ReviewDto } from './schema'
import { loadPaymentForMessage, loadPayments } from './store'
import { loadReviews } from './store-reviews'

/** The person's own charges, newest first, at most `most`. */
export async function listPayments(actor: PersonActor, most = 50): Promise<PaymentList> {
  return { payments: await loadPayments(actor.telegramUserId, most) }
}

/** What a message about a charge says; null when the charge is gone. */
export async function findPaymentForMessage(
  _actor: Extract<Actor, { kind: 'system' }>,
  id: string,
) {
  const row = await loadPaymentForMessage(id)
  return (
    row && {
      ...row,
      telegramUserId: Number(row.telegramUserId),
      amount: Number(row.amount),
      planName: row.plan?.name ?? null,
    }
  )
}

/** Charges that wait for a person, oldest first. */
export async function listReviews(actor: Manager, most = 100): Promise<ReviewDto[]> {
  requirePower(actor, 'view')
  return loadReviews(most)
}
