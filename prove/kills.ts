import { setTimeout as sleep } from 'node:timers/promises'
import { audit, Books } from './books'
import { type KillPoint, killPoints, type Scenario } from './kill-points'
import { makeRow, type Row } from './report'
import { type Buyer, Shop } from './shop'
import { openProvingStack, type ProvingStack } from './stack'
import { auditInvariants, eventually } from './watch'

const proof = 'kills'

type Trial = { stack: ProvingStack; shop: Shop; books: Books; buyer: Buyer }

/** What is prepared before the kill, started, and made good by whoever comes after it. */
type Play = (trial: Trial) => Promise<{ begin: () => void; settle: () => Promise<void> }>

const plays: Record<Scenario, Play> = {
  async order({ shop, buyer, books }) {
    return {
      begin: () => void shop.ordersOnce(buyer).catch(() => {}),
      async settle() {
        const chargeId = await shop.insists(buyer, await shop.orders(buyer))
        await eventually('the charge is booked', () => isBooked(shop, books, chargeId))
      },
    }
  },
  async purchase({ shop, buyer, books }) {
    const link = await shop.orders(buyer)
    let going: ReturnType<Shop['pays']> | undefined
    return {
      begin() {
        going = shop.pays(buyer, link)
        going.catch(() => {})
      },
      async settle() {
        const chargeId = await shop.insists(buyer, link, going)
        await eventually('the charge is booked', () => isBooked(shop, books, chargeId))
      },
    }
  },
  async refund({ shop, buyer, books }) {
    const chargeId = await shop.insists(buyer, await shop.orders(buyer))
    await eventually('the buyer is told', async () => (await shop.wroteTo(buyer)).length > 0)
    return {
      begin: () => void shop.disputes(chargeId),
      settle: () =>
        eventually('the refund is booked', async () => {
          await shop.isPatient(30)
          return books.has(chargeId, 'refunded')
        }),
    }
  },
  async comparison({ shop, buyer, books }) {
    const link = await shop.orders(buyer)
    await shop.misbehaves({ drop: ['message'] })
    const chargeId = await shop.insists(buyer, link)
    await shop.misbehaves({})
    return {
      begin: () => void books.startComparison(),
      async settle() {
        await books.startComparison()
        await eventually('the charge is found', () => books.has(chargeId, 'completed'))
      },
    }
  },
}

async function isBooked(shop: Shop, books: Books, chargeId: string): Promise<boolean> {
  if (await books.has(chargeId, 'completed')) return true
  await shop.isPatient(30)
  return false
}

/**
 * Kills the production server with SIGKILL at every point, `times` each, and starts it again; then
 * compares Telegram's books, ours, and what each buyer was told. One row per point.
 */
export async function proveKills(options: {
  times: number
  /** A regular expression: only points whose name matches. */
  only?: string | undefined
  onRow?: (row: Row) => void
}): Promise<Row[]> {
  const points = killPoints.filter(({ name }) => new RegExp(options.only ?? '').test(name))
  const stack = await openProvingStack()
  const shop = new Shop(stack)
  const books = new Books(stack.databaseUrl)
  const rows: Row[] = []
  try {
    for (const point of points) {
      const row = await proveAt(point, options.times, { stack, shop, books })
      rows.push(row)
      options.onRow?.(row)
    }
    const problems = await auditInvariants(shop, books)
    rows.push(makeRow(proof, 'the invariants after all of these', { times: 1, problems }))
  } finally {
    await books.close()
    await stack.remove()
  }
  return rows
}

async function proveAt(point: KillPoint, times: number, at: Omit<Trial, 'buyer'>): Promise<Row> {
  const buyers: Buyer[] = []
  const problems: string[] = []
  for (let time = 0; time < times; time++) {
    const buyer = await at.shop.newBuyer()
    buyers.push(buyer)
    try {
      await killOnce(point, { ...at, buyer })
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  // Jobs of a killed worker are handed on when its connection has been gone for some seconds.
  await eventually('no job is left', async () => (await at.books.openJobs()) === 0)
  const verdict = await audit(at.shop, at.books, buyers)
  problems.push(...verdict.problems)
  return makeRow(proof, point.name, { ...verdict, times, extraMax: times, problems })
}

async function killOnce(point: KillPoint, trial: Trial): Promise<void> {
  const { stack, buyer } = trial
  const play = await plays[point.scenario](trial)
  const moment = point.comes(stack, buyer)
  play.begin()
  const came = await Promise.race([moment.then(() => true), sleep(60_000, false)])
  await stack.killApp()
  stack.webhookLine.release()
  stack.botApiLine.release()
  await stack.startApp()
  await play.settle()
  if (!came) throw new Error(`the moment "${point.name}" never came`)
}
