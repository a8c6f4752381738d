import pg from 'pg'
import { z } from 'zod'
import type { Person } from './telegram'

const days = z.object({ plan_code: z.string(), days: z.coerce.number().nullable() })
const count = z.object({ count: z.coerce.number() })

type Monthly = { from: string; code: string; name: string; stars: number }

/** Looks into the database from outside, past the app. */
export class Ledger {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<Ledger> {
    const client = new pg.Client({ connectionString: databaseUrl })
    // A database that is stopped on purpose takes this connection with it.
    client.on('error', () => {})
    await client.connect()
    return new Ledger(client)
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {})
  }

  /** Charges of this person, each of which is money. */
  async chargesOf({ id }: Person): Promise<number> {
    return await this.#count(
      'select count(*) from payment_events where telegram_user_id = $1 and charge_id is not null',
      [id],
    )
  }

  /** What Telegram asked about before money moved, and was not charged yet. */
  async questionsOf({ id }: Person): Promise<number> {
    return await this.#count(
      'select count(*) from payment_events where telegram_user_id = $1 and charge_id is null',
      [id],
    )
  }

  /** Attempts of this person to buy. */
  async invoicesOf({ id }: Person): Promise<number> {
    return await this.#count(
      'select count(*) from invoices join users on users.id = user_id where telegram_user_id = $1',
      [id],
    )
  }

  /** How many days each plan of this person runs in all. */
  async daysOf({ id }: Person): Promise<z.infer<typeof days>[]> {
    const { rows } = await this.client.query(
      `select plan_code, round(extract(epoch from expires_at - starts_at) / 86400) as days
       from entitlements join users on users.id = user_id where telegram_user_id = $1 order by 1`,
      [id],
    )
    return z.array(days).parse(rows)
  }

  /** Puts a copy of a plan on sale that renews by itself. */
  async sellsMonthly(plan: Monthly): Promise<void> {
    await this.client.query(
      `insert into plans (code, name, description, features, family, tier, kind, duration_days)
       select $2, $3, description, features, family, tier, 'subscription', duration_days
       from plans where code = $1`,
      [plan.from, plan.code, plan.name],
    )
    await this.client.query(
      `insert into plan_prices (plan_code, currency, amount) values ($1, 'XTR', $2)`,
      [plan.code, plan.stars],
    )
  }

  /** The owner asks for another number of Stars from now on. */
  async prices(planCode: string, stars: number): Promise<void> {
    await this.client.query(
      `update plan_prices set amount = $2 where plan_code = $1 and currency = 'XTR'`,
      [planCode, stars],
    )
  }

  async retires(planCode: string): Promise<void> {
    await this.client.query('update plans set on_sale = false where code = $1', [planCode])
  }

  async renewsOf({ id }: Person, planCode: string): Promise<boolean | undefined> {
    const { rows } = await this.client.query(
      `select renews from entitlements join users on users.id = user_id
       where telegram_user_id = $1 and plan_code = $2`,
      [id, planCode],
    )
    return z.array(z.object({ renews: z.boolean() })).parse(rows)[0]?.renews
  }

  async payloadOf(invoiceId: string): Promise<string> {
    const { rows } = await this.client.query('select payload from invoices where id = $1', [
      invoiceId,
    ])
    return z.object({ payload: z.string() }).parse(rows[0]).payload
  }

  /** Messages and other work that is still to be done. */
  async openJobs(): Promise<number> {
    return await this.#count(
      `select count(*) from graphile_worker.jobs where task_identifier like 'tell%'`,
      [],
    )
  }

  async #count(sql: string, values: unknown[]): Promise<number> {
    const { rows } = await this.client.query(sql, values)
    return count.parse(rows[0]).count
  }
}
