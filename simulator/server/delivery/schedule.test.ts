import { describe, expect, it } from 'vitest'
import { ANN, type Bench, startBench } from '@/simulator/server/testing/harness'

function secondsBetweenAttempts(bench: Bench): number[] {
  const times = bench.deliveries.map(({ at_unix }) => at_unix)
  return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)))
}

describe('delivery', () => {
  it('sends the secret, a line break after the first comma, and ASCII', async () => {
    const bench = await startBench()
    const hook = await bench.hook(undefined, { secret_token: 'S-e_cret' })
    await bench.say('Привет')
    await bench.settle()
    const [first] = hook.received
    expect(first?.headers['x-telegram-bot-api-secret-token']).toBe('S-e_cret')
    expect(first?.headers['content-type']).toBe('application/json')
    expect(first?.raw).toMatch(/^\{"update_id":\d+,\n"message":\{"message_id":1,"from":/)
    expect(first?.raw).not.toMatch(/[^\p{ASCII}]/u)
  })

  it('retries after 0, 2, 4, 8 … seconds, then every 60 to 120, for a day', async () => {
    const bench = await startBench()
    const hook = await bench.hook(() => ({ status: 500 }))
    await bench.say('/start')
    await bench.advance(86_500)
    const gaps = secondsBetweenAttempts(bench)
    expect(gaps.slice(0, 7)).toEqual([0, 2, 4, 8, 16, 32, 64])
    for (const gap of gaps.slice(7)) {
      expect(gap).toBeGreaterThanOrEqual(60)
      expect(gap).toBeLessThanOrEqual(121)
    }
    expect(new Set(bench.deliveries.map(({ update_id }) => update_id)).size).toBe(1)
    const before = hook.received.length
    await bench.advance(3600)
    expect(hook.received.length).toBe(before)
    expect((await bench.api('getWebhookInfo')).result).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    })
  })

  it('drops a callback after 150 seconds', async () => {
    const bench = await startBench()
    await bench.hook(() => ({ status: 404 }))
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 1, data: 'x' })
    await bench.advance(600)
    expect(bench.deliveries.length).toBe(8)
  })

  it('honours Retry-After without advancing the doubling', async () => {
    const bench = await startBench()
    await bench.hook((_received, index) =>
      index <= 2
        ? { status: 503, headers: { 'retry-after': '30' } }
        : { status: index < 5 ? 500 : 200 },
    )
    await bench.say('/start')
    await bench.advance(100)
    expect(secondsBetweenAttempts(bench)).toEqual([30, 30, 0, 2])
  })

  it('takes any 2xx, follows no redirect', async () => {
    const bench = await startBench()
    const hook = await bench.hook((_received, index) =>
      index === 1 ? { status: 307, headers: { location: '/elsewhere' } } : { status: 204 },
    )
    await bench.say('/start')
    await bench.advance(300)
    expect(hook.received.length).toBe(2)
    expect(bench.deliveries.map(({ status }) => status)).toEqual([307, 204])
    expect((await bench.api('getWebhookInfo')).result).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 307 Temporary Redirect',
    })
  })

  it('gives up waiting after 60 seconds of silence and sends the same update again', async () => {
    const bench = await startBench({ patience: 100 })
    const hook = await bench.hook((_received, index) => ({ hang: index === 1 }))
    await bench.say('/start')
    await bench.advance(55)
    expect(hook.received.length).toBe(1)
    await bench.advance(6)
    expect(hook.received.length).toBe(2)
    expect(hook.received[1]?.raw).toBe(hook.received[0]?.raw)
    expect(bench.deliveries[0]).toMatchObject({ status: null, error: 'Read timeout expired' })
  })

  it('filters when an update is made, not when it is sent', async () => {
    const bench = await startBench()
    await bench.api('getUpdates', { allowed_updates: ['message'] })
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 1, data: 'lost' })
    await bench.say('kept')
    const hook = await bench.hook(undefined, { allowed_updates: ['callback_query'] })
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 1, data: 'new' })
    await bench.say('lost too')
    await bench.settle()
    const types = hook.received.map(({ update }) => Object.keys(update)[1])
    expect(types).toEqual(['message', 'callback_query'])
  })

  it('runs the method of the answer and tells nobody how it went', async () => {
    const bench = await startBench()
    const send = (chat_id: number) => ({ method: 'sendMessage', chat_id, text: 'Hi' })
    await bench.hook((_received, index) => ({ body: send(index === 1 ? ANN : 1) }))
    await bench.say('/start')
    await bench.say('/again')
    await bench.settle()
    expect(bench.deliveries.map((entry) => entry.ok)).toEqual([true, true])
    const { list } = await bench.get(`/control/chats/${ANN}`)
    expect(list).toMatchObject([{ text: '/start' }, { text: '/again' }, { text: 'Hi' }])
    const { list: requests } = await bench.get('/control/requests?method=sendMessage')
    expect(requests).toMatchObject([
      { status: 200, via: 'webhook_reply' },
      { status: 400, description: 'Bad Request: chat not found' },
    ])
  })
})

describe('faults of delivery', () => {
  it('duplicate, lose answers, and stand in front of the app', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { duplicate: 2 })
    await bench.say('thrice')
    await bench.settle()
    expect(hook.received.length).toBe(3)
    await bench.post('/control/faults', { drop_answer: 1 })
    await bench.say('twice')
    await bench.advance(1)
    expect(hook.received.length).toBe(5)
    await bench.post('/control/faults', {
      webhook_status: { status: 502, times: 2, delivered: false },
    })
    await bench.say('late')
    await bench.advance(3)
    expect(hook.received.length).toBe(6)
    expect(bench.deliveries.slice(-3).map(({ status }) => status)).toEqual([502, 502, 200])
  })

  it('delay on the simulated clock', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { delay_ms: 30_000 })
    await bench.say('slow')
    await bench.advance(29)
    expect(hook.received.length).toBe(0)
    await bench.advance(2)
    expect(hook.received.length).toBe(1)
  })
})
