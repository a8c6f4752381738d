import { expect } from 'vitest'
import { approve, type Bench, startBench } from '@/simulator/server/testing/harness'
import { eventually, idOf, listen, ofType } from './helpers'
import { prove } from './prove'
import { again } from './rules/a4-delivery'

async function newPeople(bench: Bench, count: number): Promise<number[]> {
  const ids: number[] = []
  for (let index = 0; index < count; index++) {
    ids.push(Number((await bench.post('/control/people', { first_name: `P${index}` })).id))
  }
  return ids
}

prove(again, {
  'A.4-connect-1': async () => {
    const bench = await startBench({ patience: 50 })
    await bench.hook(() => ({ hang: true }))
    const people = await newPeople(bench, 25)
    await bench.settle()
    for (const person of people) await bench.say('x', person)
    await eventually(() => bench.deliveries.length).toBe(10)
    await bench.advance(0.5)
    expect(bench.deliveries.length).toBeGreaterThanOrEqual(20)
    await bench.advance(0.5)
    expect(bench.deliveries).toHaveLength(25)
  },
  'A.4-connect-2': async () => {
    const bench = await startBench()
    const base = await listen(({ socket }) => socket.destroy())
    await bench.api('setWebhook', { url: base })
    await bench.say('x')
    await bench.advance(31)
    const before = bench.deliveries.length
    const people = await newPeople(bench, 6)
    for (const person of people) await bench.say('x', person)
    await bench.advance(7)
    const later = bench.deliveries.slice(before).length
    expect(later).toBeGreaterThanOrEqual(3)
    expect(later).toBeLessThanOrEqual(5)
  },
  'A.4-again-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { drop_answer: 1 })
    await bench.say('x')
    await bench.advance(1)
    expect(hook.received.map(idOf)).toEqual(Array(2).fill(bench.deliveries[0]?.update_id))
  },
  'A.4-again-2': async () => {
    const bench = await startBench({ patience: 50 })
    let running = 0
    let most = 0
    const hook = await bench.hook((_received, index) => {
      running += 1
      most = Math.max(most, running)
      if (index === 1) return { hang: true }
      running -= 1
      return {}
    })
    await bench.say('x')
    await bench.advance(61)
    expect([hook.received.length, most]).toEqual([2, 2])
  },
  'A.4-again-3': async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    await bench.post('/control/faults', { webhook_status: { status: 502, times: 1 } })
    await bench.say('x')
    await bench.advance(1)
    expect(ofType(hook.received, 'message')).toHaveLength(2)
    expect(bench.deliveries.map(({ status }) => status)).toEqual([502, 200])
  },
  'A.4-again-5': async () => {
    const bench = await startBench({ patience: 50 })
    const slow = await bench.hook(() => ({ hang: true }))
    await bench.say('x')
    await eventually(() => slow.received.length).toBe(1)
    await bench.advance(2)
    const quick = await bench.hook()
    await bench.settle()
    expect(quick.received.map(idOf)).toEqual(slow.received.map(idOf))
  },
})
