import { describe, expect, it } from 'vitest'
import { ANN, BEN, type Received, startBench } from '@/simulator/server/testing/harness'

function textOf({ update }: Received): string {
  return String((update.message as { text?: string } | undefined)?.text)
}

describe('queues', () => {
  it('keep their own order while a failing head blocks nobody else', async () => {
    const bench = await startBench()
    let isBroken = true
    const hook = await bench.hook((received) => {
      return isBroken && textOf(received) === 'ann 1' ? { status: 500 } : { status: 200 }
    })
    for (const index of [1, 2, 3]) {
      await bench.say(`ann ${index}`)
      await bench.say(`ben ${index}`, BEN)
    }
    await bench.advance(5)
    const delivered = () => bench.deliveries.filter(({ ok }) => ok).length
    expect(delivered()).toBe(3)
    isBroken = false
    await bench.advance(10)
    expect(delivered()).toBe(6)
    const of = (name: string) =>
      [...new Set(hook.received.map(textOf))].filter((t) => t.startsWith(name))
    expect(of('ann')).toEqual(['ann 1', 'ann 2', 'ann 3'])
    expect(of('ben')).toEqual(['ben 1', 'ben 2', 'ben 3'])
  })

  it('are separate for messages, callbacks and blocks of one person', async () => {
    const bench = await startBench()
    const hook = await bench.hook((received) => ({ hang: textOf(received) === 'stuck' }))
    await bench.say('stuck')
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 7, data: 'x' })
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    await expect.poll(() => hook.received.length).toBe(3)
    expect(hook.received[1]?.update.callback_query).toMatchObject({
      id: expect.stringMatching(/^-?\d+$/),
      message: { message_id: 7, date: 0 },
    })
    expect(hook.received[2]?.update.my_chat_member).toMatchObject({
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked', until_date: 0 },
    })
  })

  it('share max_connections', async () => {
    const bench = await startBench()
    let open = 0
    let most = 0
    await bench.hook(
      async () => {
        open += 1
        most = Math.max(most, open)
        await new Promise((resolve) => setImmediate(resolve))
        open -= 1
        return undefined
      },
      { max_connections: 2 },
    )
    for (let index = 0; index < 20; index++) {
      const person = await bench.post('/control/people', { first_name: `P${index}` })
      await bench.say('hi', Number(person.id))
    }
    await bench.settle()
    expect(bench.deliveries.length).toBe(20)
    expect(most).toBeLessThanOrEqual(2)
  })
})

describe('setWebhook', () => {
  it('has the traps of the real one', async () => {
    const bench = await startBench()
    const hook = await bench.hook(undefined, { max_connections: 9, allowed_updates: ['message'] })
    expect((await bench.api('setWebhook', { url: hook.url })).status).toBe(429)
    await bench.advance(2)
    const same = await bench.api('setWebhook', {
      url: hook.url,
      max_connections: 9,
      allowed_updates: [],
    })
    expect(same.description).toBe('Webhook is already set')
    expect((await bench.api('getUpdates')).status).toBe(409)
    await bench.advance(2)
    const refused = await bench.api('setWebhook', { url: hook.url, secret_token: '!' })
    expect(refused.status).toBe(400)
    expect((await bench.api('getWebhookInfo')).result).toEqual({
      url: '',
      has_custom_certificate: false,
      pending_update_count: 0,
    })
    expect((await bench.api('deleteWebhook')).description).toBe('Webhook is already deleted')
  })

  it('judges addresses as the real one when it is strict', async () => {
    const bench = await startBench({ strictWebhooks: true })
    const refuse = async (url: string) => {
      await bench.advance(2)
      return (await bench.api('setWebhook', { url })).description
    }
    expect(await refuse('http://x.test')).toMatch(/An HTTPS URL must be provided/)
    expect(await refuse('https://x.test:3000')).toMatch(/only on ports 80, 88, 443 or 8443/)
    expect(await refuse('https://127.0.0.1')).toMatch(/IP address 127.0.0.1 is reserved/)
  })
})

describe('getUpdates', () => {
  it('waits, confirms by offset and lets the newer poller win', async () => {
    const bench = await startBench()
    const first = bench.api('getUpdates', { timeout: 30 })
    await expect.poll(() => bench.simulator.world.requests.length).toBe(1)
    const second = bench.api('getUpdates', { timeout: 30 })
    expect((await first).description).toMatch(/^Conflict: terminated by other getUpdates request/)
    await bench.say('/start')
    const [update] = (await second).result as { update_id: number }[]
    const id = update?.update_id ?? 0
    expect((await bench.api('getUpdates', { offset: id })).result).toHaveLength(1)
    expect((await bench.api('getUpdates', { offset: id + 1 })).result).toEqual([])
    const third = bench.api('getUpdates', { timeout: 30 })
    await expect.poll(() => bench.simulator.world.requests.length).toBe(5)
    await bench.advance(31)
    expect((await third).result).toEqual([])
  })
})
