import { expect } from 'vitest'
import { botById } from '@/simulator/server/people'
import { ANN, BEN, type Bench, type Received, startBench } from '@/simulator/server/testing/harness'
import { queueOf } from '@/simulator/server/updates'
import { buy, eventually, FIAT, idOf, info, ofType, press, typeOf } from './helpers'
import { prove } from './prove'
import { queues } from './rules/a4-delivery'

const DAY = 86_400
const outboxOf = (bench: Bench) => botById(bench.simulator.world, undefined).outbox
const textOf = ({ update }: Received) => (update.message as { text?: string } | undefined)?.text
const pending = async (bench: Bench) => (await info(bench)).pending_update_count
const shipping = { ...FIAT, is_flexible: true }

/** How many are left just before and just after this time. */
async function keptFor(bench: Bench, seconds: number): Promise<unknown[]> {
  const before = await pending(bench)
  await bench.advance(seconds - 2)
  const then = await pending(bench)
  await bench.advance(4)
  return [before, then, await pending(bench)]
}

prove(queues, {
  'A.4-keep-1': async () => {
    const bench = await startBench()
    const { message_id } = await bench.say('x')
    expect(await keptFor(bench, DAY)).toEqual([1, 1, 0])
    await bench.post('/control/edits', { person_id: ANN, message_id, text: 'y' })
    expect(await keptFor(bench, DAY)).toEqual([1, 1, 0])
  },
  'A.4-keep-2': async () => {
    const bench = await startBench()
    await press(bench)
    buy(bench, await bench.link())
    buy(bench, await bench.link(shipping))
    expect(await keptFor(bench, 150)).toEqual([3, 3, 0])
  },
  'A.4-keep-4': async () => {
    const bench = await startBench()
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    expect(await keptFor(bench, DAY)).toEqual([1, 1, 0])
  },
  'A.4-keep-6': async () => {
    const bench = await startBench()
    const outbox = outboxOf(bench)
    const expires = bench.simulator.world.clock.unix() + DAY
    const add = () => outbox.add('message', {}, 5, expires)
    for (let index = 0; index < 100_000; index++) add()
    expect([add(), outbox.pendingCount()]).toEqual([undefined, 100_000])
  },
  'A.4-keep-7': async () => {
    const bench = await startBench()
    const outbox = outboxOf(bench)
    const expires = bench.simulator.world.clock.unix() + DAY
    const add = (size: number) => outbox.add('message', { text: 'x'.repeat(size) }, 5, expires)
    for (let index = 0; index < 7; index++) expect(add(16 * 1024 * 1024)).toBeDefined()
    expect(add(17 * 1024 * 1024)).toBeUndefined()
    expect(add(1024)).toBeDefined()
    outbox.clear()
    expect(add(16 * 1024 * 1024)).toBeDefined()
  },
  'A.4-keep-8': async () => {
    const bench = await startBench()
    const now = bench.simulator.world.clock.unix()
    expect(outboxOf(bench).add('message', { date: now - DAY - 1 }, ANN, now - 1)).toBeUndefined()
  },
  'A.4-id-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.say('x')
    await press(bench)
    await bench.say('y', BEN)
    await bench.settle()
    const ids = hook.received.map(idOf).sort()
    const [first = 0] = ids
    expect(ids).toEqual([first, first + 1, first + 2])
    expect(first).toBeGreaterThan(2_000_000)
    expect(first).toBeLessThan(1_000_000_000)
  },
  'A.4-id-2': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    for (const days of [6.9, 7.1, 0]) {
      await bench.say('x')
      await bench.advance(days * DAY)
    }
    const [first = 0, second, third = 0] = hook.received.map(idOf)
    expect(second).toBe(first + 1)
    expect(Math.abs(third - first)).toBeGreaterThan(10)
  },
  'A.4-id-3': async () => {
    const bench = await startBench()
    const hook = await bench.hook((_received, index) => ({ status: index < 4 ? 500 : 200 }))
    await bench.say('x')
    await bench.advance(20)
    expect(hook.received).toHaveLength(4)
    expect(new Set(hook.received.map(({ raw }) => raw)).size).toBe(1)
  },
  'A.4-queue-1': async () => {
    const bench = await startBench()
    let isBroken = true
    const isBad = (received: Received) => isBroken && textOf(received) === 'ann 1'
    await bench.hook((received) => ({ status: isBad(received) ? 500 : 200 }))
    for (const text of ['1', '2', '3']) {
      await bench.say(`ann ${text}`)
      await bench.say(`ben ${text}`, BEN)
    }
    await bench.advance(5)
    const delivered = () => bench.deliveries.filter(({ ok }) => ok)
    expect(delivered().map(({ queue }) => queue)).toEqual([BEN, BEN, BEN])
    isBroken = false
    await bench.advance(10)
    const anns = delivered().filter(({ queue }) => queue === ANN)
    expect(anns.map(({ update_id }) => update_id)).toEqual(
      anns.map(({ update_id }) => update_id).sort(),
    )
    expect(anns).toHaveLength(3)
  },
  'A.4-queue-2': async () => {
    const bench = await startBench()
    let open = 0
    let most = 0
    const hook = await bench.hook(
      async () => {
        open += 1
        most = Math.max(most, open)
        await new Promise((resolve) => setTimeout(resolve, 5))
        open -= 1
        return undefined
      },
      { max_connections: 3 },
    )
    const update = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`t${index}`, {}]))
    await bench.post('/control/updates', { update })
    await bench.settle()
    expect([hook.received.length, most]).toEqual([20, 3])
  },
  'A.4-queue-3': async () => {
    const bench = await startBench()
    for (const text of ['1', '2', '3', '4']) await bench.say(text)
    await bench.say('ben', BEN)
    const handle = (received: Received) => ({ status: textOf(received) === '1' ? 500 : 200 })
    const hook = await bench.hook(handle, { max_connections: 2 })
    await bench.advance(5)
    expect(new Set(hook.received.map(textOf))).toEqual(new Set(['1']))
    await bench.advance(2)
    await bench.api('setWebhook', { url: hook.url, max_connections: 3 })
    await bench.settle()
    expect(new Set(hook.received.map(textOf))).toEqual(new Set(['1', 'ben']))
  },
  'A.4-queue-4': async () => {
    const bench = await startBench()
    await bench.say('x')
    await press(bench)
    buy(bench, await bench.link())
    buy(bench, await bench.link(shipping))
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    const step = 2 ** 33
    expect([...outboxOf(bench).queues].map(([queue, list]) => [queue, list.length])).toEqual([
      [ANN, 1],
      [ANN + 3 * step, 1],
      [ANN + 4 * step, 2],
      [ANN + 5 * step, 1],
    ])
    expect(queueOf.subscription(ANN)).not.toBe(ANN)
  },
  'A.4-queue-5': async () => {
    const bench = await startBench()
    const hook = await bench.hook((received) => {
      return typeOf(received) === 'pre_checkout_query' ? { status: 500 } : {}
    })
    const payment = buy(bench, await bench.link())
    await bench.settle()
    const [query] = ofType(hook.received, 'pre_checkout_query')
    await bench.api('answerPreCheckoutQuery', { pre_checkout_query_id: query?.id, ok: true })
    expect(await payment).toMatchObject({ status: 'paid' })
    await bench.advance(3)
    expect(hook.received.map(typeOf)).toEqual([
      'pre_checkout_query',
      'pre_checkout_query',
      'message',
      'pre_checkout_query',
    ])
  },
  'A.4-queue-6': async () => {
    const bench = await startBench()
    await bench.hook((received) => ({ hang: typeOf(received) === 'a' }))
    await bench.post('/control/updates', { update: { a: {} }, queue: 0 })
    await bench.post('/control/updates', { update: { b: {} }, queue: 0 })
    await eventually(() => bench.deliveries.filter(({ ok }) => ok).length).toBe(1)
  },
})
