import { Agent, request } from 'node:http'
import pg from 'pg'
import { signPayload } from '@/lib/domain/invoices/payload'
import { newId } from '@/lib/kit/ids'
import { createDeliverer, paymentUpdate, preCheckoutUpdate } from '@/lib/testing/webhook'
import { emptyPath } from './empty-route'

type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>

const connections = 16
const rounds = 15
const secondsEach = 0.5
const warmUpSeconds = 8
const invoicesPerLoad = 30_000
const amount = 500
const countedUpdates = 500

/** The median ratio of the rounds, and how far they lie apart. */
export type Ratio = { median: number; least: number; most: number }

export type Throughput = { payment: Ratio; preCheckout: Ratio; statements: Statements }

/** How many statements PostgreSQL ran for an update, with what is kept after the answer. */
export type Statements = { payment: number; preCheckout: number }

/** How many requests per second each load gets, divided by what an empty route of its build gets. */
export async function measureWebhook(
  app: { appUrl: string; databaseUrl: string; env: Record<string, string> },
  step: Step,
): Promise<Throughput> {
  // The payloads are signed here and judged there.
  Object.assign(process.env, app.env)
  const deliverer = createDeliverer(app, connections)
  const payments = await step('Prepare invoices', () => makeUpdates(app, paymentUpdate))
  const questions = await step('Prepare questions', () => makeUpdates(app, preCheckoutUpdate))
  const send = (updates: Iterator<string>) => async () => {
    const { value, done } = updates.next()
    if (done) throw new Error('There were too few invoices for this machine.')
    const { status, body } = await deliverer.deliver(value)
    if (status !== 200 || body.includes('"ok":false')) throw new Error(`${status} ${body}`)
  }
  const empty = createEmptyLoad(app.appUrl)
  const loads = { empty: empty.ask, payment: send(payments), preCheckout: send(questions) }
  try {
    await step('Warm up', async () => {
      for (const load of Object.values(loads)) await requestsPerSecond(load, warmUpSeconds)
      // As autovacuum does within a minute: plans made of empty tables are made anew.
      await query(app.databaseUrl, 'analyze')
    })
    const ratios = { payment: [] as number[], preCheckout: [] as number[] }
    await step(`Measure the webhook (${rounds} rounds)`, async () => {
      // Short and in turns, so that a machine that slows down slows all three.
      for (let round = 0; round < rounds; round++) {
        const most = await requestsPerSecond(loads.empty, secondsEach)
        ratios.payment.push((await requestsPerSecond(loads.payment, secondsEach)) / most)
        ratios.preCheckout.push((await requestsPerSecond(loads.preCheckout, secondsEach)) / most)
      }
    })
    const statements = await step('Count the statements', async () => ({
      payment: await statementsOf(app.databaseUrl, loads.payment),
      preCheckout: await statementsOf(app.databaseUrl, loads.preCheckout),
    }))
    return { payment: spread(ratios.payment), preCheckout: spread(ratios.preCheckout), statements }
  } finally {
    deliverer.close()
    empty.close()
  }
}

/** Every statement here is a transaction of its own, and PostgreSQL counts those. */
async function statementsOf(databaseUrl: string, load: () => Promise<void>): Promise<number> {
  const before = await committed(databaseUrl)
  for (let n = 0; n < countedUpdates; n++) await load()
  return ((await committed(databaseUrl)) - before) / countedUpdates
}

/** A connection tells of its transactions once it has been idle for ten seconds. */
const idleMs = 12_000

async function committed(databaseUrl: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, idleMs))
  const [row] = await query(
    databaseUrl,
    'select xact_commit::int as count from pg_stat_database where datname = current_database()',
  )
  return Number(row?.count)
}

async function requestsPerSecond(load: () => Promise<void>, seconds: number): Promise<number> {
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let count = 0
  const worker = async () => {
    while (performance.now() < endsAt) {
      await load()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return count / ((performance.now() - startedAt) / 1000)
}

/** The same server with nothing to do. */
function createEmptyLoad(appUrl: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const call = request(`${appUrl}${emptyPath}`, { agent, method: 'POST' }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`The empty route answered ${response.statusCode}.`))
        })
      })
      call.on('error', reject).end()
    })
  return { ask, close: () => agent.destroy() }
}

/** Open invoices of as many people, and for each the update that the given function makes. */
async function makeUpdates(
  app: { databaseUrl: string },
  makeUpdate: (
    payer: { id: number; first_name: string },
    payload: string,
    amount: number,
  ) => string,
): Promise<Iterator<string>> {
  const issuedAt = new Date()
  const firstId = 6_000_000_000 + Math.floor(Math.random() * 1_000_000_000)
  const rows = Array.from({ length: invoicesPerLoad }, (_, index) => {
    const invoice = { id: newId(), planCode: 'gold_1m', issuedAt }
    const telegramUserId = firstId + index
    const payload = signPayload({ ...invoice, telegramUserId, currency: 'XTR', amount })
    return { userId: newId(), telegramUserId, invoiceId: invoice.id, payload }
  })
  await insert(app.databaseUrl, rows, issuedAt)
  return rows
    .map(({ telegramUserId: id, payload }) =>
      makeUpdate({ id, first_name: 'Load' }, payload, amount),
    )
    .values()
}

async function query(databaseUrl: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

type Row = { userId: string; telegramUserId: number; invoiceId: string; payload: string }

async function insert(databaseUrl: string, rows: Row[], issuedAt: Date): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      'insert into users (id, telegram_user_id) select * from unnest($1::uuid[], $2::bigint[])',
      [rows.map((row) => row.userId), rows.map((row) => row.telegramUserId)],
    )
    await client.query(
      `insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload,
         created_at, expires_at)
       select id, user_id, 'gold_1m', 'stars', 'XTR', $4, 30, payload, $5::timestamptz,
         $5::timestamptz + interval '1 hour'
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as invoice (id, user_id, payload)`,
      [
        rows.map((row) => row.invoiceId),
        rows.map((row) => row.userId),
        rows.map((row) => row.payload),
        amount,
        issuedAt,
      ],
    )
  } finally {
    await client.end()
  }
}

function spread(ratios: number[]): Ratio {
  const sorted = ratios.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  return { median: at(0.5), least: at(0), most: at(1) }
}
