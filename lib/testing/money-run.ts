import fc from 'fast-check'
import pg from 'pg'
import { signPayload } from '@/lib/domain/invoices/payload'
import { newId } from '@/lib/kit/ids'
import { startFakeBotApi } from './fake-bot-api'
import { type Told, violations } from './invariants'
import {
  anyHistory,
  type Happening,
  historyBegins,
  soldPlans,
  subscriptionPlan,
} from './money-histories'
import type { MoneyCall } from './money-worker'
import { type MoneyWorkers, startMoneyWorkers } from './money-workers'
import { inOrder, pageOf, refundRow, type StarRow, saleRow } from './star-rows'

type Options = {
  databaseUrl: string
  seed: number
  /** How many people have a history each. */
  people: number
  /** After how many deliveries everything is let come to rest and looked at. */
  roundSize: number
  workers: number
}

export type MoneyRun = {
  deliveries: number
  checks: number
  comparisons: number
  problems: string[]
}

type Delivery = { call: MoneyCall; telegramUserId: number; chargeId?: string; amount?: number }
type Invoice = { payload: string; planCode: string; amount: number; id: string }

const inFlight = 12
const attemptsMax = 20

/**
 * Generated histories of many people, delivered by several processes at once in random order and
 * with duplicates, beside comparisons with Telegram's list. After every round each invariant is
 * looked at; at the end everything was told and a second comparison finds nothing to do.
 */
export async function runMoneyHistories(options: Options): Promise<MoneyRun> {
  const random = randomOf(options.seed)
  const histories = fc.sample(anyHistory, { numRuns: options.people, seed: options.seed })
  const db = new pg.Pool({ connectionString: options.databaseUrl, max: 4 })
  // A connection that the server ends is no matter of its own.
  db.on('error', () => {})
  const api = await startFakeBotApi()
  const workers = startMoneyWorkers(options.workers, {
    DATABASE_URL: options.databaseUrl,
    TELEGRAM_API_ROOT: api.url,
  })
  const run: MoneyRun = { deliveries: 0, checks: 0, comparisons: 0, problems: [] }
  try {
    const world = await prepare(db, histories, random)
    let visible: StarRow[] = []
    api.answer('getStarTransactions', (asked) => pageOf(visible, asked))
    const told: Told = { charges: new Map(), refunds: new Set() }
    const versions = new Map<string, number>()
    const rounds = Math.ceil(world.deliveries.length / options.roundSize)
    for (let round = 0; round < rounds && run.problems.length === 0; round++) {
      const from = round * options.roundSize
      const calls = world.deliveries.slice(from, from + options.roundSize)
      for (const one of calls) note(told, one)
      const compares = round % 3 === 1 || round === rounds - 1
      if (compares) {
        visible = world.list.slice(0, Math.ceil((world.list.length * (round + 1)) / rounds))
        noteListed(told, visible, world.amounts)
        run.comparisons += 1
      }
      await Promise.all([
        deliverAll(workers, calls, random, run),
        compares ? repeat(workers, random, { verb: 'reconcile', scope: 'full' }) : undefined,
      ])
      run.problems.push(...(await violations(db, told, { workerRuns: false })))
      run.problems.push(...(await versionsGrow(db, versions)))
      run.checks += 1
    }
    if (run.problems.length === 0) run.problems.push(...(await nothingLeft(workers, random)))
  } finally {
    await workers.stop()
    await api.close()
    await db.end()
  }
  return run
}

/** The least one must know to make a random run again: the seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

async function prepare(db: pg.Pool, histories: Happening[][], random: () => number) {
  const rows: StarRow[] = []
  const once: Delivery[] = []
  const amounts = new Map<string, { telegramUserId: number; amount: number }>()
  let updateId = 700_000_000
  for (const [index, history] of histories.entries()) {
    const person = { telegramUserId: 5_100_000_000 + index, userId: newId(historyBegins) }
    const invoices = new Map<number, Invoice>()
    const chargeIdOf = (number: number) => `stx-${index}-${number}`
    for (const one of history) {
      if (one.kind !== 'charge' || invoices.has(one.invoice)) continue
      invoices.set(one.invoice, makeInvoice(one, person.telegramUserId))
    }
    // Of every other person the books know the invoices; the others' were lost with a backup.
    if (index % 2 === 0) await insertInvoices(db, person, [...invoices.values()])
    for (const one of history) {
      updateId += 1
      const sale = saleOf(one, history, invoices, person.telegramUserId, chargeIdOf)
      if (!sale) continue
      const raw = { updateId, kind: 'message', body: { update_id: updateId } }
      const delivery = { ...deliver(one, sale, raw), telegramUserId: person.telegramUserId }
      if (one.kind === 'charge') {
        rows.push(saleRow({ ...sale, ...(one.period === 'one_off' ? {} : { period: 2_592_000 }) }))
        amounts.set(sale.chargeId, {
          telegramUserId: person.telegramUserId,
          amount: sale.amount,
        })
      }
      if (one.kind === 'refund') rows.push(refundRow(sale, one.at))
      once.push(delivery)
    }
  }
  const again = once.filter(() => random() < 0.4)
  return { list: inOrder(rows), amounts, deliveries: shuffle([...once, ...again], random) }
}

function makeInvoice(
  charge: Extract<Happening, { kind: 'charge' }>,
  telegramUserId: number,
): Invoice {
  const id = newId(charge.at)
  const { planCode } = charge
  const { amount } = planCode === 'gold_monthly' ? subscriptionPlan : soldPlans[planCode]
  const terms = { telegramUserId, currency: 'XTR', amount }
  return {
    id,
    planCode,
    amount,
    payload: signPayload({ id, planCode, issuedAt: charge.at, ...terms }),
  }
}

async function insertInvoices(
  db: pg.Pool,
  person: { telegramUserId: number; userId: string },
  invoices: Invoice[],
): Promise<void> {
  await db.query('insert into users (id, telegram_user_id) values ($1, $2)', [
    person.userId,
    person.telegramUserId,
  ])
  for (const { id, planCode, amount, payload } of invoices) {
    await db.query(
      `insert into invoices (id, user_id, plan_code, method, currency, amount, days, payload,
         created_at, expires_at)
       select $1, $2, code, 'stars', 'XTR', $4, duration_days, $5, $6, $6 from plans where code = $3`,
      [id, person.userId, planCode, amount, payload, historyBegins],
    )
  }
}

/** The charge that a happening is about, or the invoice of a subscription that says something. */
function saleOf(
  one: Happening,
  history: Happening[],
  invoices: Map<number, Invoice>,
  telegramUserId: number,
  chargeIdOf: (number: number) => string,
) {
  if (one.kind === 'grant') return null
  const charge =
    one.kind === 'charge'
      ? one
      : history.find(
          (other) =>
            other.kind === 'charge' &&
            (one.kind === 'refund' ? other.number === one.number : other.invoice === one.invoice),
        )
  if (charge?.kind !== 'charge') return null
  const invoice = invoices.get(charge.invoice)
  if (!invoice) return null
  const { payload, amount } = invoice
  return { chargeId: chargeIdOf(charge.number), telegramUserId, payload, amount, at: charge.at }
}

type Sale = NonNullable<ReturnType<typeof saleOf>>
type Raw = { updateId: number; kind: string; body: unknown }

function deliver(
  one: Exclude<Happening, { kind: 'grant' }> | Happening,
  sale: Sale,
  raw: Raw,
): Omit<Delivery, 'telegramUserId'> {
  const { chargeId, telegramUserId, payload, amount } = sale
  const base = { provider: 'stars' as const, chargeId, currency: 'XTR', amount, payload }
  if (one.kind === 'refund') {
    const refund = { ...base, telegramUserId, providerChargeId: null, refundedAt: one.at }
    return { call: { verb: 'refund', refund, raw }, chargeId }
  }
  if (one.kind === 'state') {
    const told = { telegramUserId, payload, state: one.state }
    return { call: { verb: 'subscription', told, raw: { ...raw, kind: 'subscription' } } }
  }
  if (one.kind !== 'charge') throw new Error('time given by hand is not told by Telegram')
  const charge = {
    ...base,
    toldBy: 'update' as const,
    providerChargeId: `provider-${chargeId}`,
    payer: {
      telegramUserId,
      firstName: `Person ${telegramUserId}`,
      lastName: null,
      username: null,
      languageCode: 'en',
    },
    isRecurring: one.period !== 'one_off',
    isFirstRecurring: one.period === 'first',
    subscriptionExpiresAt: one.endsAt,
    chargedAt: one.at,
  }
  return { call: { verb: 'charge', charge, raw }, chargeId, amount }
}

function note(told: Told, { call, chargeId, amount, telegramUserId }: Delivery): void {
  if (chargeId === undefined) return
  if (call.verb === 'refund') told.refunds.add(chargeId)
  else if (amount !== undefined) told.charges.set(chargeId, { telegramUserId, amount })
}

function noteListed(told: Told, list: StarRow[], amounts: Told['charges']): void {
  for (const { id, source } of list) {
    const charge = amounts.get(id)
    if (source && charge) told.charges.set(id, charge)
    else told.refunds.add(id)
  }
}

async function deliverAll(
  workers: MoneyWorkers,
  deliveries: Delivery[],
  random: () => number,
  run: MoneyRun,
): Promise<void> {
  const queue = [...deliveries]
  const lane = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) {
      await repeat(workers, random, one.call)
      run.deliveries += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
}

/** What could not be committed is told again, as Telegram does. */
async function repeat(workers: MoneyWorkers, random: () => number, call: MoneyCall) {
  for (let attempt = 1; ; attempt++) {
    const worker = Math.floor(random() * workers.count)
    const { outcome, problem } = await workers.call(worker, call)
    if (problem === undefined) return outcome
    if (attempt === attemptsMax) throw new Error(`${call.verb} failed for good: ${problem}`)
  }
}

async function versionsGrow(db: pg.Pool, known: Map<string, number>): Promise<string[]> {
  const { rows } = await db.query<{ id: string; money_version: number }>(
    'select id, money_version from users',
  )
  const shrunk = rows.filter((row) => row.money_version < (known.get(row.id) ?? 0))
  for (const row of rows) known.set(row.id, row.money_version)
  return shrunk.map(({ id }) => `the version of a person's money only grows: ${id}`)
}

async function nothingLeft(workers: MoneyWorkers, random: () => number): Promise<string[]> {
  const result = await repeat(workers, random, { verb: 'reconcile', scope: 'full' })
  const isDone =
    typeof result === 'object' && result !== null && 'repaired' in result && result.repaired === 0
  return isDone ? [] : ['a comparison after everything was told finds nothing to repair']
}

function shuffle<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
