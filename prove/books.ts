import pg from 'pg'
import { z } from 'zod'
import type { Buyer, Shop } from './shop'

const event = z.object({
  charge_id: z.string(),
  telegram_user_id: z.coerce.number(),
  status: z.enum(['completed', 'refunded', 'review']),
})
const span = z.object({ telegram_user_id: z.coerce.number(), days: z.coerce.number() })
const count = z.object({ count: z.coerce.number() })

/** Our books, read past the app. */
export class Books {
  readonly #pool: pg.Pool

  constructor(databaseUrl: string) {
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
    // A database that is stopped on purpose takes these connections with it.
    this.#pool.on('error', () => {})
  }

  get pool(): pg.Pool {
    return this.#pool
  }

  async has(chargeId: string, status: 'completed' | 'refunded'): Promise<boolean> {
    const { rows } = await this.#pool.query(
      'select count(*) from payment_events where charge_id = $1 and status = $2',
      [chargeId, status],
    )
    return count.parse(rows[0]).count > 0
  }

  /** Charges, whatever became of them. */
  async events() {
    const { rows } = await this.#pool.query(
      'select charge_id, telegram_user_id, status from payment_events where charge_id is not null',
    )
    return z.array(event).parse(rows)
  }

  /** Days that each person holds. */
  async days(): Promise<Map<number, number>> {
    const { rows } = await this.#pool.query(
      `select telegram_user_id,
         sum(round(extract(epoch from expires_at - starts_at) / 86400)) as days
       from entitlements join users on users.id = user_id where revoked_at is null group by 1`,
    )
    return new Map(
      z
        .array(span)
        .parse(rows)
        .map((one) => [one.telegram_user_id, one.days]),
    )
  }

  /** Messages and other work still to be done; what the clock starts is none. */
  async openJobs(): Promise<number> {
    const { rows } = await this.#pool.query(
      `select count(*) from graphile_worker.jobs
       where task_identifier ~ '^(tell|send)_' or key like 'prove%'`,
    )
    return count.parse(rows[0]).count
  }

  /** Lets the worker compare with Telegram's list now instead of within five minutes. */
  async startComparison(): Promise<void> {
    await this.#pool.query(
      `select graphile_worker.add_job('reconcile', job_key := 'prove' || gen_random_uuid())`,
    )
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

export type Verdict = { lost: number; doubled: number; extra: number; problems: string[] }

const daysSold = 30

/**
 * Compares what Telegram knows of each buyer with what our books and the buyer's chat say. Lost is
 * money, time or a message that is missing; doubled is money or time given twice.
 */
export async function audit(shop: Shop, books: Books, buyers: Buyer[]): Promise<Verdict> {
  const [movements, events, days] = await Promise.all([
    shop.movements(),
    books.events(),
    books.days(),
  ])
  const verdict: Verdict = { lost: 0, doubled: 0, extra: 0, problems: [] }
  for (const buyer of buyers) {
    const own = movements.filter((one) => one.buyer === buyer.id)
    const charged = own.filter((one) => one.direction === 'in').map((one) => one.chargeId)
    const refunded = own.filter((one) => one.direction === 'out').map((one) => one.chargeId)
    const booked = events.filter((one) => one.telegram_user_id === buyer.id)
    const count = (chargeId: string, status: string) =>
      booked.filter((one) => one.charge_id === chargeId && one.status === status).length
    for (const chargeId of charged) {
      const times = count(chargeId, refunded.includes(chargeId) ? 'refunded' : 'completed')
      verdict.lost += times === 0 ? 1 : 0
    }
    verdict.doubled += Math.max(0, booked.length - charged.length)
    const missingDays = daysSold * (charged.length - refunded.length) - (days.get(buyer.id) ?? 0)
    if (missingDays > 0) verdict.lost += missingDays / daysSold
    if (missingDays < 0) verdict.doubled -= missingDays / daysSold
    const texts = await shop.wroteTo(buyer)
    for (const [sentence, wanted] of [
      ['Thank you!', charged.length],
      ['was refunded', refunded.length],
    ] as const) {
      const seen = texts.filter((text) => text.includes(sentence)).length
      verdict.lost += Math.max(0, wanted - seen)
      verdict.extra += Math.max(0, seen - wanted)
    }
    if (charged.length === 0) verdict.problems.push('a buyer was never charged')
  }
  return verdict
}
