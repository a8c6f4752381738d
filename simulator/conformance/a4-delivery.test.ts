import { expect } from 'vitest'
import { type Bench, startBench } from '@/simulator/server/testing/harness'
import { eventually, gaps, info, listen } from './helpers'
import { prove } from './prove'
import { delivery } from './rules/a4-delivery'

/** The last error after one message to this address. */
async function lastError(bench: Bench, url: string): Promise<unknown> {
  await bench.advance(2)
  await bench.api('setWebhook', { url })
  await bench.say('x')
  await bench.settle()
  return (await info(bench)).last_error_message
}

prove(delivery, {
  'A.4-request-1': async () => {
    const bench = await startBench()
    const seen: unknown[] = []
    const base = await listen(({ method, url, headers }, response) => {
      seen.push([method, url, headers['content-type'], Number(headers['content-length']) > 50])
      response.end()
    })
    await lastError(bench, `${base}a/b?c=d`)
    expect(seen).toEqual([['POST', '/a/b?c=d', 'application/json', true]])
  },
  'A.4-request-2': async () => {
    const bench = await startBench()
    const seen: unknown[] = []
    const base = await listen(({ headers }, response) => {
      seen.push(headers.authorization)
      response.end()
    })
    await lastError(bench, base.replace('//', '//bot:p%40ss@'))
    await lastError(bench, base)
    expect(seen).toEqual([`Basic ${btoa('bot:p@ss')}`, undefined])
  },
  'A.4-request-3': async () => {
    const bench = await startBench()
    const hook = await bench.hook(undefined, { secret_token: 'S-e_cret' })
    await bench.say('x')
    await bench.advance(2)
    await bench.api('setWebhook', { url: hook.url })
    await bench.say('x')
    await bench.settle()
    const secrets = hook.received.map(({ headers }) => headers['x-telegram-bot-api-secret-token'])
    expect(secrets).toEqual(['S-e_cret', undefined])
  },
  'A.4-request-4': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.say('x')
    await bench.settle()
    expect(hook.received[0]?.raw).toMatch(/^\{"update_id":\d+,\n"message":\{"message_id":/)
  },
  'A.4-request-5': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    for (const text of ['a', 'b']) {
      await bench.say(text)
      await bench.settle()
    }
    for (const { headers } of hook.received) {
      expect(headers).toMatchObject({
        'accept-encoding': 'gzip, deflate',
        connection: 'keep-alive',
      })
    }
    expect(hook.ports.size).toBe(1)
  },
  'A.4-outcome-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook((_received, index) => {
      return { status: [200, 202, 299][index - 1] ?? 200, body: 'no method, no sense' }
    })
    for (const text of ['a', 'b', 'c']) await bench.say(text)
    await bench.advance(300)
    expect(hook.received).toHaveLength(3)
  },
  'A.4-outcome-2': async () => {
    const bench = await startBench()
    const statuses = [307, 404, 503, 200]
    const location = { location: '/elsewhere' }
    await bench.hook((_received, index) => ({
      status: statuses[index - 1] ?? 200,
      headers: location,
    }))
    await bench.say('x')
    await bench.advance(30)
    expect(bench.deliveries.map(({ status }) => status)).toEqual(statuses)
    expect(bench.deliveries[0]?.error).toBe(
      'Wrong response from the webhook: 307 Temporary Redirect',
    )
  },
  'A.4-outcome-3': async () => {
    const base = await listen(({ socket }) => socket.destroy())
    expect(await lastError(await startBench(), base)).toBe('Webhook connection closed')
  },
  'A.4-outcome-4': async () => {
    const bench = await startBench({ patience: 50 })
    await bench.hook(() => ({ hang: true }))
    await bench.say('x')
    await bench.advance(59)
    expect(bench.deliveries[0]?.error).toBeUndefined()
    await bench.advance(2)
    expect(bench.deliveries[0]).toMatchObject({ status: null, error: 'Read timeout expired' })
  },
  'A.4-outcome-5': async () => {
    const bench = await startBench()
    expect(await lastError(bench, 'http://127.0.0.1:9/')).toBe("Can't connect to the webhook")
    const base = await listen((_request, response) => response.end())
    expect(await lastError(bench, base.replace('http:', 'https:'))).toMatch(/^SSL error \{/)
  },
  'A.4-outcome-6': async () => {
    const bench = await startBench()
    let status = 410
    await bench.hook(() => ({ status }))
    await bench.say('x')
    await bench.advance(22 * 3600)
    expect((await info(bench)).url).not.toBe('')
    status = 500
    await bench.advance(200)
    status = 410
    await bench.say('y')
    await bench.advance(22 * 3600)
    expect((await info(bench)).url).not.toBe('')
    await bench.say('z')
    await bench.advance(2 * 3600)
    expect((await info(bench)).url).toBe('')
  },
  'A.4-retry-1': async () => {
    const bench = await startBench()
    await bench.hook(() => ({ status: 500 }))
    await bench.say('x')
    await bench.advance(127)
    expect(gaps(bench)).toEqual([0, 2, 4, 8, 16, 32, 64])
  },
  'A.4-retry-2': async () => {
    const bench = await startBench()
    await bench.hook(() => ({ status: 500 }))
    await bench.say('x')
    await bench.advance(3600)
    for (const gap of gaps(bench).slice(7)) {
      expect(gap).toBeGreaterThanOrEqual(60)
      expect(gap).toBeLessThanOrEqual(121)
    }
  },
  'A.4-retry-3': async () => {
    const bench = await startBench()
    const later = { status: 503, headers: { 'retry-after': '30' } }
    await bench.hook((_received, index) => (index === 2 ? later : { status: 500 }))
    await bench.say('x')
    await bench.advance(40)
    expect(gaps(bench).slice(0, 4)).toEqual([0, 30, 2, 4])
  },
  'A.4-retry-4': async () => {
    const bench = await startBench()
    const waits = ['999999', '-5']
    await bench.hook((_received, index) => {
      const wait = waits[index - 1]
      return wait === undefined ? {} : { status: 503, headers: { 'retry-after': wait } }
    })
    await bench.say('x')
    await bench.advance(3700)
    expect(gaps(bench)).toEqual([3600, 0])
  },
  'A.4-retry-5': async () => {
    const bench = await startBench()
    await bench.hook(() => ({ status: 500 }))
    await bench.say('x')
    await bench.advance(86_500)
    const count = bench.deliveries.length
    expect(count).toBeGreaterThan(700)
    await bench.advance(7200)
    expect(bench.deliveries).toHaveLength(count)
    expect(await info(bench)).toMatchObject({ pending_update_count: 0 })
  },
  'A.4-retry-6': async () => {
    const bench = await startBench()
    await bench.hook(() => ({ status: 500 }))
    const payment = bench.pay(await bench.link())
    await eventually(() => bench.deliveries.length).toBeGreaterThan(0)
    await bench.advance(600)
    expect(await payment).toMatchObject({ error: 'BOT_PRECHECKOUT_TIMEOUT' })
    expect(bench.deliveries).toHaveLength(8)
  },
})
