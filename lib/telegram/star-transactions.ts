import { z } from 'zod'
import { fromUnix } from '@/lib/kit/period'
import { telegram } from './client'

const partner = z.looseObject({
  type: z.string(),
  transaction_type: z.string().optional(),
  user: z.looseObject({ id: z.int().positive(), first_name: z.string().default('') }).optional(),
  invoice_payload: z.string().optional(),
  subscription_period: z.int().optional(),
  affiliate: z.looseObject({ amount: z.int(), nanostar_amount: z.int().default(0) }).optional(),
})

const transaction = z.looseObject({
  id: z.string().min(1),
  amount: z.int(),
  nanostar_amount: z.int().default(0),
  date: z.int(),
  source: partner.optional(),
  receiver: partner.optional(),
})

const answer = z.looseObject({ transactions: z.array(z.unknown()) })

const named = z.looseObject({ id: z.string().min(1) })

/** One movement of the bot's Stars. `user` is set when the other side is a person. */
export type StarTransaction = {
  id: string
  direction: 'in' | 'out'
  partner: string
  user: { telegramUserId: number; firstName: string } | null
  /** Stars that reached or left the balance. */
  amount: number
  /** What is missing of the price because an affiliate got it, in whole Stars. */
  commission: number
  payload: string | null
  subscriptionPeriod: number | null
  date: Date
}

/** Telegram's limit. */
export const pageSize = 100

/** A row of a shape that nobody has described yet: nothing but its id, or its place, is known. */
export type UnreadableRow = { id: string; direction: null }
export type ListedRow = StarTransaction | UnreadableRow

export const isReadable = (row: ListedRow): row is StarTransaction => row.direction !== null

/** A page of the bot's Star transactions, oldest first. A refund has the id of its charge. */
export async function listStarTransactions(offset: number): Promise<ListedRow[]> {
  const { transactions } = answer.parse(
    await telegram().getStarTransactions({ offset, limit: pageSize }),
  )
  return transactions.map((one, index) => {
    const row = transaction.safeParse(one)
    if (row.success) return read(row.data)
    const id = named.safeParse(one).data?.id ?? `position ${offset + index}`
    return { id, direction: null }
  })
}

function read(one: z.output<typeof transaction>): StarTransaction {
  const side = one.source ?? one.receiver
  const isInvoice = side?.type === 'user' && side.transaction_type === 'invoice_payment'
  return {
    id: one.id,
    direction: one.source ? 'in' : 'out',
    partner: isInvoice ? 'invoice_payment' : (side?.transaction_type ?? side?.type ?? 'unknown'),
    user:
      isInvoice && side.user
        ? { telegramUserId: side.user.id, firstName: side.user.first_name }
        : null,
    amount: one.amount,
    commission: side?.affiliate ? priceOf(one, side.affiliate) - one.amount : 0,
    payload: side?.invoice_payload ?? null,
    subscriptionPeriod: side?.subscription_period ?? null,
    date: fromUnix(one.date),
  }
}

type Share = { amount: number; nanostar_amount: number }

/** Prices are whole Stars, so the billionths of both shares make up a whole one. */
function priceOf(own: Share, affiliate: Share): number {
  const inStars = (share: Share) => Math.abs(share.amount) + Math.abs(share.nanostar_amount) / 1e9
  return Math.round(inStars(own) + inStars(affiliate))
}
