import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDeliverer, paymentUpdate, preCheckoutUpdate } from '@/lib/testing/webhook'
import { audit, Books } from './books'
import { makeRow, type Row } from './report'
import { type Buyer, Shop } from './shop'
import { openProvingStack, type ProvingStack } from './stack'
import { auditInvariants, eventually } from './watch'

const proof = 'outages'
const writeCharge = /with payer as \(/
const answerMsMax = 5000

/** The app is away for seconds, again and again. */
const orderAttemptsMax = 60

/** The worker sends so many messages at once; each may be the one whose job is not ticked off. */
const sentAtOnce = 4

type At = { stack: ProvingStack; shop: Shop; books: Books }
type Tried = { buyers: Buyer[]; times: number; extraMax?: number; problems?: string[] }

/** What goes wrong → what is tried while it does. */
const troubles: Record<string, (at: At, times: number) => Promise<Tried>> = {
  'the line breaks before the payment statement': (at, times) => breakLine(at, times, 'before'),
  'the line breaks after COMMIT': (at, times) => breakLine(at, times, 'after'),
  'the database hangs: 503, a no within 5 s, nothing lost': (at, times) =>
    outOfReach(at, Math.ceil(times / 10), {
      take: async () => at.stack.databaseLine.freeze(true),
      give: async () => at.stack.databaseLine.freeze(false),
    }),
  'PostgreSQL stopped with -m immediate: 503, a no within 5 s, nothing lost': (at, times) =>
    outOfReach(at, Math.ceil(times / 10), {
      take: () => stopImmediately(at.stack),
      give: () => at.stack.startDatabase(),
    }),
  'PostgreSQL stopped with -m immediate under load': (at, times) =>
    underLoad(at, times * 2, async () => {
      await stopImmediately(at.stack)
      await sleep(500)
      await at.stack.startDatabase()
      await sleep(3000)
    }),
  'connections terminated every second under load': (at, times) =>
    underLoad(at, times * 5, async () => {
      await at.books.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'starpass%'`)
      await sleep(1000)
    }),
  'the server is killed at random under load': (at, times) =>
    underLoad(at, times * 5, async () => {
      await sleep(Math.random() * 3000)
      await at.stack.killApp()
      await at.stack.startApp()
    }),
}

/** Takes PostgreSQL, connections and server away while people buy. One row per trouble. */
export async function proveOutages(options: {
  times: number
  only?: string | undefined
  onRow?: (row: Row) => void
}): Promise<Row[]> {
  const stack = await openProvingStack()
  const at: At = { stack, shop: new Shop(stack), books: new Books(stack.databaseUrl) }
  const rows: Row[] = []
  try {
    for (const [what, tries] of Object.entries(troubles)) {
      if (!new RegExp(options.only ?? '').test(what)) continue
      const row = await tryOnce(what, at, () => tries(at, options.times))
      rows.push(row)
      options.onRow?.(row)
    }
    const problems = await auditInvariants(at.shop, at.books)
    rows.push(makeRow(proof, 'the invariants after all of these', { times: 1, problems }))
  } finally {
    await at.books.close()
    await stack.remove()
  }
  return rows
}

async function tryOnce(what: string, at: At, tries: () => Promise<Tried>): Promise<Row> {
  try {
    const { buyers, times, extraMax = times, problems = [] } = await tries()
    await eventually('no job is left', async () => (await at.books.openJobs()) === 0, 180)
    const verdict = await audit(at.shop, at.books, buyers)
    const all = [...problems, ...verdict.problems]
    return makeRow(proof, what, { ...verdict, times, extraMax, problems: all })
  } catch (error) {
    return makeRow(proof, what, { problems: [error instanceof Error ? error.message : 'unknown'] })
  }
}

async function breakLine(at: At, times: number, moment: 'before' | 'after'): Promise<Tried> {
  const buyers: Buyer[] = []
  for (let time = 0; time < times; time++) {
    const buyer = await at.shop.newBuyer()
    buyers.push(buyer)
    const link = await at.shop.orders(buyer)
    const hasBroken = at.stack.databaseLine.cut(moment, [writeCharge], 'reset')
    await buys(at, buyer, link)
    await hasBroken
  }
  return { buyers, times }
}

/** While it is away payments wait at Telegram, and nobody new is charged. */
async function outOfReach(
  at: At,
  times: number,
  database: { take: () => Promise<void>; give: () => Promise<void> },
): Promise<Tried> {
  const { deliver, close } = createDeliverer(at.stack, 4)
  const problems: string[] = []
  const buyers: Buyer[] = []
  for (let time = 0; time < times; time++) {
    const buyer = await at.shop.newBuyer()
    buyers.push(buyer)
    const link = await at.shop.orders(buyer)
    const nobody = { id: 900_000_001, first_name: 'Nobody' }
    await database.take()
    const askedAt = performance.now()
    const question = await deliver(preCheckoutUpdate(nobody, 'unknown', 500))
    if (performance.now() - askedAt > answerMsMax) problems.push('a question waited too long')
    if (question.status !== 200 || !question.body.includes('"ok":false')) {
      problems.push(`a question was answered ${question.status} ${question.body}`)
    }
    const refused = await deliver(paymentUpdate(nobody, 'unknown', 500))
    if (refused.status !== 503 || !Number(refused.retryAfter)) {
      problems.push(`a payment that could not be committed was answered ${refused.status}`)
    }
    await database.give()
    await buys(at, buyer, link)
  }
  close()
  return { buyers, times, problems }
}

/** People buy while something happens again and again, until all have what they paid for. */
async function underLoad(at: At, count: number, happens: () => Promise<void>): Promise<Tried> {
  const buyers: Buyer[] = []
  for (let index = 0; index < count; index++) buyers.push(await at.shop.newBuyer())
  let isDone = false
  // Waiting moves the clock of everybody, so a link is asked for when it is needed.
  const buying = inLanes(buyers, 8, async (buyer) =>
    buys(at, buyer, await at.shop.orders(buyer, orderAttemptsMax)),
  ).finally(() => {
    isDone = true
  })
  buying.catch(() => {})
  let times = 0
  while (!isDone) {
    await happens()
    times += 1
  }
  await buying
  return { buyers, times, extraMax: times * sentAtOnce }
}

async function buys({ shop, books }: At, buyer: Buyer, link: string): Promise<void> {
  const chargeId = await shop.insists(buyer, link)
  const isBooked = async () => {
    if (await books.has(chargeId, 'completed')) return true
    await shop.isPatient(10)
    await sleep(200)
    return false
  }
  await eventually('the charge is booked', isBooked, 180)
}

async function inLanes<T>(items: T[], lanes: number, work: (item: T) => Promise<void>) {
  const queue = [...items]
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** What `pg_ctl stop -m immediate` does; the process around the server goes with it. */
async function stopImmediately(stack: ProvingStack): Promise<void> {
  const lock = await readFile(join(stack.dataFolder, 'postmaster.pid'), 'utf8')
  const postmaster = Number(lock.split('\n')[0])
  const around = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(postmaster)]).toString())
  process.kill(postmaster, 'SIGQUIT')
  await eventually('PostgreSQL is gone', async () => !isRunning(postmaster))
  process.kill(around, 'SIGKILL')
}

function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .trim()
    return state !== '' && !state.startsWith('Z')
  } catch {
    return false
  }
}
