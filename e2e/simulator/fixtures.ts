import { test as base } from '@playwright/test'
import { type Simulator, startSimulator } from '@/simulator/server/start'
import type { QueueView } from '@/simulator/wire'
import { Bot } from './bot'
import { type Pages, servePages } from './pages'
import { Person } from './person'

type WorkerFixtures = { desk: { simulator: Simulator; pages: Pages; seller: Bot } }

type TestFixtures = {
  simulator: Simulator
  /** A seller in a good mood that has heard nothing yet. */
  bot: Bot
  /** Somebody new with 5000 Stars and a browser. */
  person: Person
  /** Moves the simulated clock. */
  waits: (seconds: number) => Promise<void>
  /** Makes the simulator misbehave until the test is over. */
  misbehaves: (faults: object) => Promise<void>
  /** Lets go what the fault `hold` has held back. */
  releases: () => Promise<void>
}

let people = 0

async function control(url: string, method: 'POST' | 'PUT', path: string, body: object) {
  const response = await fetch(`${url}/control/${path}`, { method, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response
}

/** Lets everything go that a fault has held back. */
async function release(url: string): Promise<void> {
  const queues = (await (await fetch(`${url}/control/queues`)).json()) as QueueView[]
  for (const { update_id, held } of queues.flatMap(({ updates }) => updates)) {
    if (held) await control(url, 'POST', `deliveries/${update_id}/release`, {})
  }
}

/** A local Telegram in this process, a bot and its Mini Apps; none of our product. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from this pattern
    async ({}, use) => {
      const pages = await servePages()
      const simulator = await startSimulator({ botName: 'Corner Shop', appUrl: pages.url })
      const seller = new Bot(simulator.url, simulator.botToken)
      await seller.listens()
      await use({ simulator, pages, seller })
      await simulator.close()
      await seller.stops()
      await pages.close()
    },
    { scope: 'worker' },
  ],
  simulator: ({ desk }, use) => use(desk.simulator),
  bot: async ({ desk }, use) => {
    desk.seller.mood = 'approves'
    desk.seller.received = []
    await use(desk.seller)
  },
  person: async ({ page, desk, bot }, use) => {
    people += 1
    const body = { first_name: `Visitor ${people}`, stars: 5000 }
    const response = await control(desk.simulator.url, 'POST', 'people', body)
    const { id } = (await response.json()) as { id: number }
    await use(new Person(page, id, desk.simulator.url, desk.pages.url, bot))
  },
  waits: ({ desk }, use) =>
    use(async (seconds) => {
      await control(desk.simulator.url, 'POST', 'clock', { advance_seconds: seconds })
    }),
  misbehaves: async ({ desk }, use) => {
    await use(async (faults) => {
      await control(desk.simulator.url, 'PUT', 'faults', faults)
    })
    await control(desk.simulator.url, 'PUT', 'faults', {})
    await release(desk.simulator.url)
  },
  releases: ({ desk }, use) => use(() => release(desk.simulator.url)),
})

export { expect } from '@playwright/test'
