import { Agent, request } from 'node:http'
import pg from 'pg'
import type { Stack } from '@/commands/local/stack'
import { signPayload } from '@/lib/domain/invoices/payload'
import { newId } from '@/lib/kit/ids'
import { createDeliverer, paymentUpdate, preCheckoutUpdate } from '@/lib/testing/webhook'

type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>

const connections = 16
const rounds = 5
const secondsEach = 2
const warmUpSeconds = 2
const invoicesPerLoad = 12_000
const amount = 500

/** How many requests per second each load gets, divided by what an empty answer gets. */
export async function measureWebhook(
  stack: Stack,
  step: Step,
): Promise<{ payment: number; preCheckout: number }> {
  const webhook = createDeliverer(stack, connections)
  const health = createHealthCheck(stack.appUrl)
  const payments = await step('Prepare invoices', () => makeUpdates(stack, paymentUpdate))
  const questions = await step('Prepare questions', () => makeUpdates(stack, preCheckoutUpdate))
  const send = (updates: Iterator<string>) => async () => {
    const { value, done } = updates.next()
    if (done) throw new Error('There were too few invoices for this machine.')
    const { status, body } = await webhook.deliver(value)
    if (status !== 200 || body.includes('"ok":false')) throw new Error(`${status} ${body}`)
  }
  const loads = { empty: health.ask, payment: send(payments), preCheckout: send(questions) }
  try {
    await step('Warm up', async () => {
      for (const load of Object.values(loads)) await requestsPerSecond(load, warmUpSeconds)
    })
    const ratios = { payment: [] as number[], preCheckout: [] as number[] }
    await step(`Measure the webhook (${rounds} rounds)`, async () => {
      // Taken in turns, so that a machine that slows down slows all three.
      for (let round = 0; round < rounds; round++) {
        const empty = await requestsPerSecond(loads.empty, secondsEach)
        ratios.payment.push((await requestsPerSecond(loads.payment, secondsEach)) / empty)
        ratios.preCheckout.push((await requestsPerSecond(loads.preCheckout, secondsEach)) / empty)
      }
    })
    return { payment: median(ratios.payment), preCheckout: median(ratios.preCheckout) }
  } finally {
    webhook.close()
    health.close()
  }
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

/** What the webhook is compared with: the same server with nothing to do. */
function createHealthCheck(appUrl: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const call = request(`${appUrl}/api/health`, { agent }, (response) => {
        response.resume().on('end', () => resolve())
      })
      call.on('error', reject).end()
    })
  return { ask, close: () => agent.destroy() }
}

/** Open invoices of as many people, and for each the update that the given function makes. */
async function makeUpdates(
  stack: Stack,
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
  await insert(stack.databaseUrl, rows, issuedAt)
  return rows
    .map(({ telegramUserId: id, payload }) =>
      makeUpdate({ id, first_name: 'Load' }, payload, amount),
    )
    .values()
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
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
