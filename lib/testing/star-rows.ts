import { toUnix } from '@/lib/kit/period'

/** One row of Telegram's list of Star transactions, as the Bot API answers it. */
export type StarRow = {
  id: string
  amount: number
  date: number
  source?: object
  receiver?: object
}

type Sale = {
  chargeId: string
  telegramUserId: number
  payload: string
  amount: number
  at: Date
  /** Seconds; set for subscriptions. */
  period?: number
  /** Stars of the price that an affiliate got. */
  commission?: number
}

function buyer(sale: Sale, sign: 1 | -1): object {
  const { commission = 0 } = sale
  return {
    type: 'user',
    transaction_type: 'invoice_payment',
    user: { id: sale.telegramUserId, is_bot: false, first_name: 'Person' },
    invoice_payload: sale.payload,
    ...(commission > 0
      ? { affiliate: { commission_per_mille: 50, amount: sign * commission } }
      : {}),
    ...(sale.period && sign > 0 ? { subscription_period: sale.period } : {}),
  }
}

export function saleRow(sale: Sale): StarRow {
  const amount = sale.amount - (sale.commission ?? 0)
  return { id: sale.chargeId, amount, date: toUnix(sale.at), source: buyer(sale, 1) }
}

/** A refund is a second row with the id of its charge. */
export function refundRow(sale: Sale, at: Date): StarRow {
  const amount = sale.amount - (sale.commission ?? 0)
  return { id: sale.chargeId, amount, date: toUnix(at), receiver: buyer(sale, -1) }
}

/** Movements that are no sales: a withdrawal, an ad, a gift, an affiliate's own income. */
export function otherRow(number: number, at: Date): StarRow {
  const user = { id: 4_000_000_000 + number, is_bot: false, first_name: 'Other' }
  const partners = [
    { receiver: { type: 'fragment', withdrawal_state: { type: 'pending' } } },
    { receiver: { type: 'telegram_ads' } },
    { receiver: { type: 'user', transaction_type: 'gift_purchase', user } },
    { source: { type: 'affiliate_program', commission_per_mille: 10 } },
    { source: { type: 'user', transaction_type: 'paid_media_payment', user } },
    { source: { type: 'other' } },
  ]
  return {
    id: `other-${number}`,
    amount: 10 + number,
    date: toUnix(at),
    ...partners[number % partners.length],
  }
}

/** The list as Telegram pages it: oldest first, at most 100. */
export function pageOf(list: readonly StarRow[], asked: Record<string, unknown>) {
  const offset = Number(asked.offset ?? 0)
  return { transactions: list.slice(offset, offset + Math.min(100, Number(asked.limit ?? 100))) }
}

/** Oldest first; what happened in one second keeps its order. */
export function inOrder(rows: StarRow[]): StarRow[] {
  return rows.toSorted((a, b) => a.date - b.date)
}
