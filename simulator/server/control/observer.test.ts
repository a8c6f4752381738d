import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ANN, BEN, type Bench, startBench } from '@/simulator/server/testing/harness'
import type { ApiCall, Delivery, ObserverEvent, QueueView } from '@/simulator/wire'

async function list<T>(bench: Bench, path: string): Promise<T[]> {
  return (await bench.get(`/control/${path}`)).list as T[]
}

async function act(bench: Bench, updateId: number | undefined, action: string) {
  return bench.post(`/control/deliveries/${updateId}/${action}`, {})
}

describe('the observer', () => {
  it('sees deliveries and calls with their bodies', async () => {
    const bench = await startBench()
    const body = { method: 'sendMessage', chat_id: ANN, text: 'Hi' }
    await bench.hook(() => ({ body }), { secret_token: 's' })
    await bench.say('/start')
    await bench.settle()
    const [full] = await list<Delivery>(bench, 'deliveries?body=1')
    expect(full).toMatchObject({
      status: 200,
      duration_ms: expect.any(Number),
      reply_method: 'sendMessage',
      request_body: expect.stringContaining('"text":"/start"'),
      answer_headers: { 'content-type': 'application/json' },
      answer_body: JSON.stringify(body),
    })
    const [short] = await list<Delivery>(bench, 'deliveries')
    expect(short).not.toHaveProperty('request_body')
    const [call] = await list<ApiCall>(bench, 'calls?method=sendmessage')
    expect(call).toMatchObject({
      via: 'webhook_reply',
      parameters: { text: 'Hi' },
      answer_body: expect.stringContaining('"ok":true'),
    })
    const [old] = await list<object>(bench, 'requests')
    expect(old).not.toHaveProperty('answer_body')
  })

  it('holds, releases and replays', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { hold: ['message'] })
    for (const text of ['one', 'two']) await bench.say(text)
    await bench.say('ben', BEN)
    await bench.advance(60)
    expect(hook.received).toEqual([])
    const queues = await list<QueueView>(bench, 'queues')
    expect(queues).toMatchObject([
      { queue: ANN, type: 'message', updates: [{ held: true, attempts: 0 }, { held: true }] },
      { queue: BEN },
    ])
    const [one, two] = queues[0]?.updates ?? []
    expect(await act(bench, two?.update_id, 'release')).toMatchObject({ state: 'pending' })
    await bench.settle()
    expect(hook.received).toEqual([])
    await act(bench, one?.update_id, 'release')
    await bench.settle()
    const ids = () => hook.received.map(({ update }) => update.update_id)
    expect(ids()).toEqual([one?.update_id, two?.update_id])
    expect(await act(bench, one?.update_id, 'hold')).toMatchObject({ error: 'UPDATE_DELIVERED' })
    await act(bench, one?.update_id, 'replay')
    await bench.settle()
    expect(ids()).toEqual([one?.update_id, two?.update_id, one?.update_id])
    expect(hook.received[2]?.raw).toBe(hook.received[0]?.raw)
    expect(bench.deliveries.at(-1)?.attempt).toBe(2)
    expect(await act(bench, 5, 'replay')).toMatchObject({ error: 'UPDATE_UNKNOWN' })
  })

  it('holds what waits for its retry, and sends it at once when told to', async () => {
    const bench = await startBench()
    const hook = await bench.hook((_received, index) => ({ status: index < 5 ? 500 : 200 }))
    await bench.say('x')
    await bench.advance(7)
    const id = bench.deliveries[0]?.update_id
    const [queue] = await list<QueueView>(bench, 'queues')
    expect(queue?.updates[0]).toMatchObject({ next_attempt_at: expect.stringMatching(/Z$/) })
    await act(bench, id, 'hold')
    await bench.advance(600)
    expect(hook.received).toHaveLength(4)
    await act(bench, id, 'replay')
    await bench.settle()
    expect(hook.received).toHaveLength(5)
  })

  it('keeps a held update from a polling bot as well', async () => {
    const bench = await startBench()
    await bench.post('/control/faults', { hold: true })
    await bench.say('held')
    await bench.post('/control/faults', {})
    await bench.say('behind it')
    await bench.say('free', BEN)
    const updates = async () => (await bench.api('getUpdates')).result as { update_id: number }[]
    expect(await updates()).toMatchObject([{ message: { text: 'free' } }])
    const [queue] = await list<QueueView>(bench, 'queues')
    await act(bench, queue?.updates[0]?.update_id, 'release')
    expect(await updates()).toHaveLength(3)
    expect(await act(bench, queue?.updates[0]?.update_id, 'replay')).toMatchObject({
      error: 'NO_WEBHOOK',
    })
  })

  it('follows everything live', async () => {
    const bench = await startBench()
    let text = ''
    const stream = request(`${bench.simulator.url}/client/observer`, (response) => {
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
    })
    stream.on('error', () => {})
    stream.end()
    await expect.poll(() => text).toContain(': open')
    await bench.hook()
    await bench.say('/start')
    await bench.post('/control/clock', { advance_seconds: 5 })
    await bench.post('/control/faults', { duplicate: 1 })
    const events = () =>
      text
        .split('\n\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => JSON.parse(line.slice(6)) as ObserverEvent)
    await expect.poll(() => events().map(({ type }) => type)).toContain('queues')
    const deliveries = events().filter((event) => event.type === 'delivery')
    expect(deliveries).toMatchObject([
      { delivery: { attempt: 1, status: null } },
      { delivery: { attempt: 1, status: 200, request_body: expect.any(String) } },
    ])
    expect(events().filter((event) => event.type === 'call')).toMatchObject([
      { call: { method: 'setWebhook', status: 0 } },
      { call: { method: 'setWebhook', status: 200, answer_body: expect.any(String) } },
    ])
    expect(events()).toContainEqual({ type: 'faults', faults: { duplicate: 1 } })
    expect(events().find((event) => event.type === 'clock')).toMatchObject({
      clock: { offset_seconds: expect.any(Number) },
    })
    stream.destroy()
  })
})

describe('several bots', () => {
  it('have their own webhooks, queues, money and logs', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/bots', { token: '42:second', username: 'second_bot' })
    await bench.post('/control/messages', { person_id: ANN, bot_id: 42, text: 'to the second' })
    await bench.say('to the first')
    await bench.settle()
    expect(hook.received).toHaveLength(1)
    expect(await list<QueueView>(bench, 'queues?bot_id=42')).toMatchObject([{ queue: ANN }])
    expect(await list(bench, 'deliveries?bot_id=42')).toEqual([])
    expect(await list(bench, 'calls?bot_id=42')).toEqual([])
    const updates = await fetch(`${bench.simulator.url}/bot42:second/getUpdates`)
    expect(await updates.json()).toMatchObject({ result: [{ message: { text: 'to the second' } }] })
    expect(await list(bench, 'bots')).toMatchObject([{ stars: 0 }, { id: 42, stars: 0 }])
  })
})
