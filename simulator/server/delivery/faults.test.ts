import { describe, expect, it } from 'vitest'
import { ANN, BEN, type Received, startBench } from '@/simulator/server/testing/harness'

function textOf({ update }: Received): string {
  return String((update.message as { text?: string } | undefined)?.text)
}

describe('the faults', () => {
  it('reorder between queues and never within one', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { reorder_ms: 60_000 })
    const sent: string[] = []
    for (let index = 0; index < 12; index++) {
      const { id } = await bench.post('/control/people', { first_name: `P${index}` })
      for (const part of ['a', 'b']) {
        const text = `${String(index).padStart(2, '0')}${part}`
        sent.push(text)
        await bench.say(text, Number(id))
      }
    }
    await bench.advance(130)
    const got = hook.received.map(textOf)
    expect(got.toSorted()).toEqual(sent.toSorted())
    expect(got).not.toEqual(sent)
    for (const text of sent.filter((name) => name.endsWith('a'))) {
      expect(got.indexOf(text)).toBeLessThan(got.indexOf(text.replace('a', 'b')))
    }
  })

  it('drop updates of a kind for good', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { drop: ['callback_query'] })
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 1, data: 'x' })
    await bench.say('x')
    await bench.advance(200)
    expect(hook.received.map(textOf)).toEqual(['x'])
  })

  it('hang: the app takes the update and its answer never arrives', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { hang: 1 })
    await bench.say('x')
    await bench.say('y', BEN)
    await bench.advance(59)
    expect(hook.received).toHaveLength(2)
    await bench.advance(3)
    expect(hook.received).toHaveLength(4)
    expect(bench.deliveries.map(({ error }) => error)).toEqual([
      'Read timeout expired',
      'Read timeout expired',
      undefined,
      undefined,
    ])
  })

  it('let a method answer late', async () => {
    const bench = await startBench()
    await bench.post('/control/faults', { api: { getMe: { delay_ms: 30_000 } } })
    const answer = bench.api('getMe')
    await expect.poll(() => bench.simulator.world.requests.length).toBe(1)
    await bench.advance(29)
    expect(bench.simulator.world.requests[0]?.status).toBe(0)
    await bench.advance(2)
    expect((await answer).ok).toBe(true)
  })
})
