import { beforeEach, describe, expect, it } from 'vitest'
import { followInvoice, type World } from './follow'

const news = (status: string) => ({
  invoice_id: '01980000-0000-7000-8000-000000000000',
  status,
  plan_code: 'gold_1m',
})

/** A browser whose time, network and server are in the test's hand. */
class FakeWorld implements World {
  nowMs = 0
  hasStreams = true
  isOnline = true
  answer = { status: 200, body: news('open') as unknown }
  asked = 0
  streams: { news: (data: string) => void; broken: () => void; isOpen: boolean }[] = []
  #timers: { at: number; what: () => void }[] = []

  openStream: World['openStream'] = (on) => {
    if (!this.hasStreams) return null
    const stream = { ...on, isOpen: true }
    this.streams.push(stream)
    return () => {
      stream.isOpen = false
    }
  }

  ask: World['ask'] = async () => {
    this.asked += 1
    if (!this.isOnline) throw new Error('offline')
    return this.answer
  }

  after: World['after'] = (ms, what) => {
    const timer = { at: this.nowMs + ms, what }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  async passes(ms: number): Promise<void> {
    const until = this.nowMs + ms
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.nowMs = next.at
      this.#timers = this.#timers.filter((each) => each !== next)
      next.what()
    }
    this.nowMs = until
  }

  get open() {
    return this.streams.filter(({ isOpen }) => isOpen)
  }
}

let world: FakeWorld
let told: string[]
let connection: boolean[]

const start = (isLate = false) =>
  followInvoice(
    world,
    {
      news: ({ status }) => told.push(status),
      lost: () => told.push('lost'),
      connection: (isThere) => connection.push(isThere),
    },
    isLate,
  )

beforeEach(() => {
  world = new FakeWorld()
  told = []
  connection = []
})

describe('following a payment', () => {
  it('hears by events and does not ask beside them', async () => {
    start()
    world.open[0]?.news(JSON.stringify(news('open')))
    await world.passes(60_000)
    world.open[0]?.news(JSON.stringify(news('paid')))
    expect(told).toEqual(['open', 'paid'])
    expect(world.asked).toBe(0)
  })

  it('asks and connects anew when the stream ends, by one stream at a time', async () => {
    start()
    world.open[0]?.news(JSON.stringify(news('open')))
    world.open[0]?.broken()
    await world.passes(1500)
    expect(world.asked).toBe(1)
    expect(world.streams).toHaveLength(2)
    expect(world.open).toHaveLength(1)
  })

  it('keeps asking where streams never say anything', async () => {
    start()
    await world.passes(60_000)
    expect(world.streams).toHaveLength(3)
    expect(world.open).toHaveLength(0)
    world.answer = { status: 200, body: news('paid') }
    await world.passes(4000)
    expect(told.at(-1)).toBe('paid')
  })

  it('keeps asking where the browser has no streams', async () => {
    world.hasStreams = false
    start()
    world.answer = { status: 200, body: news('paid') }
    await world.passes(4000)
    expect(told).toEqual(['paid'])
  })

  it('says that the connection is gone, tries less often, and hears of the payment afterwards', async () => {
    start()
    world.isOnline = false
    world.open[0]?.broken()
    await world.passes(120_000)
    expect(connection.at(-1)).toBe(false)
    expect(world.asked).toBeLessThan(15)
    world.isOnline = true
    world.answer = { status: 200, body: news('paid') }
    await world.passes(15_000)
    expect(connection.at(-1)).toBe(true)
    expect(told).toEqual(['paid'])
  })

  it('asks at once when it wakes, and uses no network while it sleeps', async () => {
    const follower = start()
    follower.sleep()
    expect(world.open).toHaveLength(0)
    await world.passes(600_000)
    expect(world.asked).toBe(0)
    world.answer = { status: 200, body: news('paid') }
    follower.wake()
    await world.passes(0)
    expect(told).toEqual(['paid'])
  })

  it('ignores what an older stream or answer says', async () => {
    const follower = start()
    const old = world.open[0]
    follower.wake()
    follower.sleep()
    old?.news(JSON.stringify(news('paid')))
    await world.passes(10_000)
    expect(told).toEqual([])
  })

  it.each([401, 404])('lets the server decide when it answers %i', async (status) => {
    start()
    world.answer = { status, body: null }
    world.open[0]?.broken()
    await world.passes(60_000)
    expect(told).toEqual(['lost'])
    expect(world.asked).toBe(1)
  })

  it('looks a while after the end for money that was under way, then stops', async () => {
    start(true)
    await world.passes(3_600_000)
    expect(world.streams).toHaveLength(0)
    expect(world.asked).toBe(36)
  })

  it('does not believe what has another shape', async () => {
    start()
    world.open[0]?.news('paid')
    world.open[0]?.news('{"status":"paid"}')
    expect(told).toEqual([])
  })
})
