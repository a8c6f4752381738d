import { ANN, approve, type Bench } from '@/simulator/server/testing/harness'
import { MONTH } from './helpers'

/** What the proofs about money have in common. */

type Transaction = { id: string; amount: number; source?: object; receiver?: object }
export const BAD = 'Bad Request: '
export const DAY = 86_400

export async function transactions(bench: Bench, page: object = {}): Promise<Transaction[]> {
  const { result } = await bench.api('getStarTransactions', page)
  return (result as { transactions: Transaction[] }).transactions
}

/** A paid invoice and what a refund of it takes. */
export async function sold(bench: Bench, more: object = {}) {
  const hook = await bench.hook(approve)
  const { charge_id } = await bench.pay(await bench.link(more))
  await bench.settle()
  const charge = { user_id: ANN, telegram_payment_charge_id: String(charge_id) }
  return { hook, charge, refund: () => bench.api('refundStarPayment', charge) }
}

export async function subscribed(bench: Bench) {
  const sale = await sold(bench, { subscription_period: MONTH })
  const { charge } = sale
  const edit = (more: object) => bench.api('editUserStarSubscription', { ...charge, ...more })
  const act = (action: string) => {
    const charge_id = charge.telegram_payment_charge_id
    return bench.post('/control/subscriptions', { person_id: ANN, charge_id, action })
  }
  const payments = async () => (await transactions(bench)).length
  return { ...sale, edit, act, payments }
}
