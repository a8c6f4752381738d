import { api } from '@/simulator/client/api'
import { refreshPeople } from '@/simulator/client/data'
import { attempt, getState } from '@/simulator/client/store'
import type { Chat, SubscriptionView } from '@/simulator/wire'

export type Transaction = {
  key: string
  kind: 'payment' | 'refund'
  title: string
  botName: string
  date: number
  currency: string
  amount: number
  chargeId: string
  until?: number
}

/** What this person paid and got back, newest first, as the chats tell it. */
export function transactionsOf(chats: readonly Chat[]): Transaction[] {
  const all = chats.flatMap(({ bot, messages }) =>
    messages.flatMap(({ message_id, date, payment, refund }): Transaction[] => {
      const base = { key: `${bot.id}:${message_id}`, botName: bot.first_name, date }
      if (payment) {
        const { title, currency, total_amount: amount, charge_id: chargeId } = payment
        const until = payment.subscription_until
        const more = until === undefined ? {} : { until }
        return [{ ...base, kind: 'payment', title, currency, amount, chargeId, ...more }]
      }
      if (!refund) return []
      const { currency, total_amount: amount, charge_id: chargeId } = refund
      return [{ ...base, kind: 'refund', title: 'Refund', currency, amount, chargeId }]
    }),
  )
  return all.toSorted((a, b) => b.date - a.date)
}

export function topUp(amount: number): Promise<void> {
  return attempt(async () => {
    const { personId } = getState()
    if (personId === null) return
    await api.topUp({ person_id: personId, amount })
    await refreshPeople()
  })
}

export type SubscriptionAction = 'cancel' | 'enable' | 'fulfill'

export async function editSubscription(
  { person_id, charge_id }: SubscriptionView,
  action: SubscriptionAction,
): Promise<void> {
  await attempt(async () => {
    await api.editSubscription({ person_id, charge_id, action })
  })
}

/** How a subscription stands, in words. */
export function standing(subscription: SubscriptionView, day: string): string {
  const { state, canceled_by_bot, canceled_by_person, failing } = subscription
  if (state === 'ended') return `Ended on ${day}`
  if (failing) return 'Too few Stars at the last charge'
  if (canceled_by_bot) return `Cancelled by the bot, runs until ${day}`
  if (canceled_by_person) return `Cancelled, runs until ${day}`
  return `Next charge on ${day}`
}
