import fc from 'fast-check'
import pg from 'pg'
import { signPayload } from '@/lib/domain/invoices/payload'
import { newId } from '@/lib/kit/ids'
import { addSeconds } from '@/lib/kit/period'
import { startFakeBotApi } from './fake-bot-api'
import { type Told, violations } from './invariants'
import { soldPlans } from './money-histories'
import type { MoneyReply } from './money-worker'
import { startMoneyWorkers } from './money-workers'
import { inOrder, otherRow, pageOf, refundRow, type StarRow, saleRow } from './star-rows'

export type Blackout = {
  charges: number
  refunds: number
  /** What Telegram's list holds, with all that is no sale. */
  rows: number
  repaired: number
  /** What a second comparison still found to do. */
  repairedAgain: number
  /** Charges that were kept for a person to look at. */
  reviews: number
  problems: string[]
}

const daySeconds = 24 * 3600
const planCodes = ['silver_1m', 'gold_1m', 'gold_3m', 'coaching_1m'] as const

/**
 * For 24 hours nothing that Telegram tells reaches us: so many charges and refunds stand in its
 * list only, among withdrawals, ads and gifts, some with an affiliate's cut. One comparison has to
 * restore them all, another has to find nothing.
 */
export async function runBlackout(options: {
  databaseUrl: string
  seed: number
  /** Charges and refunds together. */
  size: number
}): Promise<Blackout> {
  const api = await startFakeBotApi()
  const db = new pg.Pool({ connectionString: options.databaseUrl, max: 2 })
  const worker = startMoneyWorkers(1, {
    DATABASE_URL: options.databaseUrl,
    TELEGRAM_API_ROOT: api.url,
  })
  try {
    const { list, told } = listOf(options.seed, options.size)
    api.answer('getStarTransactions', (asked) => pageOf(list, asked))
    const first = await worker.call(0, { verb: 'reconcile', scope: 'tail' })
    const second = await worker.call(0, { verb: 'reconcile', scope: 'full' })
    return {
      charges: told.charges.size,
      refunds: told.refunds.size,
      rows: list.length,
      repaired: repairedIn(first),
      repairedAgain: repairedIn(second),
      problems: await violations(db, told, { workerRuns: false }),
      reviews: await countReviews(db),
    }
  } finally {
    await worker.stop()
    await api.close()
    await db.end()
  }
}

/** Everything in this list fits, so nothing of it may wait for a person. */
async function countReviews(db: pg.Pool): Promise<number> {
  const { rowCount } = await db.query("select from payment_events where status = 'review'")
  return rowCount ?? 0
}

/** Whether one comparison restored everything, and exactly once. */
export function isRestored(of: Blackout): boolean {
  return (
    of.repaired === of.charges + of.refunds &&
    of.repairedAgain === 0 &&
    of.reviews === 0 &&
    of.problems.length === 0
  )
}

function repairedIn({ outcome, problem }: MoneyReply): number {
  if (typeof outcome === 'object' && outcome !== null && 'repaired' in outcome) {
    return Number(outcome.repaired)
  }
  throw new Error(`the comparison did not end: ${problem ?? JSON.stringify(outcome)}`)
}

const sale = fc.record({
  planCode: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...planCodes) },
    { weight: 1, arbitrary: fc.constant('gold_monthly' as const) },
  ),
  second: fc.nat(daySeconds - 7200),
  // Some buy again, so that periods are added to each other.
  buysAgain: fc.boolean(),
  isRefunded: fc.integer({ min: 1, max: 10 }).map((one) => one === 1),
  hasAffiliate: fc.integer({ min: 1, max: 12 }).map((one) => one === 1),
  isFollowedByOther: fc.integer({ min: 1, max: 15 }).map((one) => one === 1),
})

function listOf(seed: number, size: number): { list: StarRow[]; told: Told } {
  const begin = addSeconds(new Date(), -daySeconds)
  const told: Told = { charges: new Map(), refunds: new Set() }
  const rows: StarRow[] = []
  let telegramUserId = 5_200_000_000
  for (const one of fc.sample(sale, { numRuns: size, seed })) {
    const done = told.charges.size + told.refunds.size
    if (done >= size) break
    const at = addSeconds(begin, one.second)
    const isSubscription = one.planCode === 'gold_monthly'
    if (!one.buysAgain || isSubscription) telegramUserId += 1
    const amount = one.planCode === 'gold_monthly' ? 450 : soldPlans[one.planCode].amount
    const invoice = { id: newId(at), planCode: one.planCode, issuedAt: at }
    const charge = {
      chargeId: `stx-blackout-${told.charges.size}`,
      telegramUserId,
      payload: signPayload({ ...invoice, telegramUserId, currency: 'XTR', amount }),
      amount,
      at,
      commission: one.hasAffiliate ? Math.floor(amount / 20) : 0,
      ...(isSubscription ? { period: 30 * daySeconds } : {}),
    }
    if (isSubscription) telegramUserId += 1
    told.charges.set(charge.chargeId, { telegramUserId: charge.telegramUserId, amount })
    rows.push(saleRow(charge))
    if (one.isRefunded && done + 1 < size) {
      told.refunds.add(charge.chargeId)
      rows.push(refundRow(charge, addSeconds(at, 3600)))
    }
    if (one.isFollowedByOther) rows.push(otherRow(rows.length, at))
  }
  return { list: inOrder(rows), told }
}
