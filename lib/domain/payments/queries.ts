import type { Actor, PersonActor } from '@/lib/kit/actor'
import type { PaymentList } from './schema'
import { loadPaymentForMessage, loadPayments } from './store'

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
