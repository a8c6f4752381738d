import { expect } from 'vitest'
import { execute } from '@/simulator/server/bot-api/methods'
import { Params } from '@/simulator/server/bot-api/params'
import { botById } from '@/simulator/server/people'
import { type Bench, startBench } from '@/simulator/server/testing/harness'
import { buy, info, press, typeOf } from './helpers'
import { prove } from './prove'
import { registering } from './rules/a3-webhook'

const NOBODY = 'http://127.0.0.1:9/hook'

/** setWebhook, late enough after the one before. */
async function set(bench: Bench, parameters: object) {
  await bench.advance(2)
  return bench.api('setWebhook', { url: NOBODY, ...parameters })
}

/** The updates of one kind each that are made now, as far as the list lets them be made. */
async function made(bench: Bench): Promise<string[]> {
  const update = { chat_member: {}, message_reaction: {}, message_reaction_count: {}, poll: {} }
  await bench.post('/control/updates', { update })
  await bench.say('x')
  await press(bench)
  const { updates } = botById(bench.simulator.world, undefined).outbox
  const types = [...updates.values()].map(({ type }) => type)
  updates.clear()
  return types.sort()
}

const STANDARD = ['callback_query', 'message', 'poll']

prove(registering, {
  'A.3-order-1': async () => {
    const bench = await startBench()
    await bench.api('setWebhook', { url: NOBODY })
    const again = await bench.api('setWebhook', { url: `${NOBODY}2` })
    expect(again).toMatchObject({ status: 429, parameters: { retry_after: 1 } })
    expect((await bench.api('deleteWebhook')).ok).toBe(true)
  },
  'A.3-order-2': async () => {
    const bench = await startBench({ patience: 50 })
    await bench.hook(() => ({ hang: true }))
    await bench.say('x')
    await bench.advance(2)
    const { world } = bench.simulator
    const call = (method: string, members: [string, string][]) => {
      const params = new Params()
      params.add(members)
      const bot = botById(world, undefined)
      return execute({ world, bot, params, isTest: false, signal: undefined }, method, 'http')
    }
    // Both in one turn: no network could bring them closer together.
    const [first, second] = await Promise.all([
      call('deleteWebhook', []),
      call('setWebhook', [['url', NOBODY]]),
    ])
    expect(first.body).toContain('"description":"Conflict: terminated by other setWebhook"')
    expect(second.body).toContain('"Webhook was set"')
    expect((await info(bench)).url).toBe(NOBODY)
  },
  'A.3-order-4': async () => {
    const bench = await startBench()
    const same = { secret_token: 's', max_connections: 9 }
    await set(bench, same)
    const again = await set(bench, { ...same, allowed_updates: ['message'] })
    expect(again.description).toBe('Webhook is already set')
    expect((await info(bench)).allowed_updates).toEqual(['message'])
    const dropped = await set(bench, { ...same, drop_pending_updates: true })
    expect(dropped.description).toBe('Webhook was set')
  },
  'A.3-order-5': async () => {
    const { description } = await (await startBench()).api('deleteWebhook')
    expect(description).toBe('Webhook is already deleted')
  },
  'A.3-order-6': async () => {
    const bench = await startBench()
    await set(bench, {})
    expect((await set(bench, { secret_token: '!' })).status).toBe(400)
    expect((await info(bench)).url).toBe('')
  },
  'A.3-order-7': async () => {
    const bench = await startBench()
    await bench.say('x')
    expect((await info(bench)).pending_update_count).toBe(1)
    expect((await set(bench, { url: 'no url', drop_pending_updates: true })).ok).toBe(false)
    expect((await info(bench)).pending_update_count).toBe(0)
  },
  'A.3-order-8': async () => {
    const bench = await startBench()
    const long = 'ä'.repeat(257)
    const refused = async (more: object) => (await set(bench, more)).description
    expect(await refused({ url: 'no url', secret_token: long })).toBe(
      'Bad Request: invalid webhook URL specified',
    )
    expect(await refused({ secret_token: long })).toBe('Bad Request: secret token is too long')
    expect(await refused({ secret_token: 'ä' })).toBe(
      'Bad Request: secret token contains unallowed characters',
    )
    expect(await refused({ secret_token: `aA0_-${'x'.repeat(251)}` })).toBe('Webhook was set')
  },
  'A.3-order-10': async () => {
    const bench = await startBench()
    const changed = await fetch(`${bench.simulator.url}/control/settings`, {
      method: 'PUT',
      body: '{"webhooks": "strict"}',
    })
    expect(await changed.json()).toMatchObject({ webhooks: 'strict' })
    const refused = async (url: string, more: object = {}) => {
      return (await set(bench, { url, ...more })).description
    }
    const bad = 'Bad Request: bad webhook: '
    expect(await refused('http://x.test')).toBe(`${bad}An HTTPS URL must be provided for webhook`)
    expect(await refused('http://x.test', { secret_token: '!' })).toMatch(/unallowed characters$/)
    expect(await refused('https://x.test:3000')).toBe(
      `${bad}Webhook can be set up only on ports 80, 88, 443 or 8443`,
    )
    expect(await refused('https://[::1]')).toBe(`${bad}IPv6-only addresses are not allowed`)
    expect(await refused('https://localhost')).toBe(`${bad}IP address 127.0.0.1 is reserved`)
    expect(await refused('https://x.test', { ip_address: '10.0.0.1' })).toBe(
      `${bad}IP address 10.0.0.1 is reserved`,
    )
    expect(await refused('https://x.test:8443', { ip_address: '93.184.216.34' })).toBe(
      'Webhook was set',
    )
  },
  'A.3-order-11': async () => {
    const bench = await startBench()
    expect((await set(bench, {})).description).toBe('Webhook was set')
    expect(bench.deliveries).toEqual([])
    expect(await info(bench)).not.toHaveProperty('last_error_message')
  },
  'A.3-delete-1': async () => {
    const bench = await startBench()
    await set(bench, {})
    expect((await bench.api('deleteWebhook')).description).toBe('Webhook was deleted')
  },
  'A.3-allowed-1': async () => {
    const bench = await startBench()
    await set(bench, { allowed_updates: ['message'] })
    for (const allowed_updates of [undefined, '', '[', '{}', '["poll", 5]']) {
      await set(bench, { allowed_updates, secret_token: `s${Math.random()}`.replace('.', '') })
      expect((await info(bench)).allowed_updates).toEqual(['message'])
    }
  },
  'A.3-allowed-2': async () => {
    const bench = await startBench()
    for (const allowed_updates of [[], ['nonsense']]) {
      await bench.api('getUpdates', { allowed_updates: ['message'] })
      await bench.api('getUpdates', { allowed_updates })
      expect(await made(bench)).toEqual(STANDARD)
    }
  },
  'A.3-allowed-3': async () => {
    const bench = await startBench()
    await bench.api('getUpdates', { allowed_updates: ['MESSAGE', 'nonsense', 'Chat_Member'] })
    expect(await made(bench)).toEqual(['chat_member', 'message'])
  },
  'A.3-allowed-4': async () => {
    expect(await made(await startBench())).toEqual(STANDARD)
  },
  'A.3-allowed-5': async () => {
    const bench = await startBench()
    await press(bench)
    const hook = await bench.hook(undefined, { allowed_updates: ['message'] })
    await press(bench)
    await bench.say('x')
    await bench.settle()
    expect(hook.received.map(typeOf)).toEqual(['callback_query', 'message'])
  },
  'A.3-allowed-6': async () => {
    const bench = await startBench()
    await bench.hook(undefined, { allowed_updates: ['message'] })
    const payment = buy(bench, await bench.link())
    await bench.advance(11)
    expect(await payment).toMatchObject({ error: 'BOT_PRECHECKOUT_TIMEOUT' })
    expect(bench.deliveries).toEqual([])
  },
  'A.3-allowed-7': async () => {
    const bench = await startBench()
    await set(bench, { allowed_updates: ['poll'] })
    await bench.api('deleteWebhook')
    expect((await info(bench)).allowed_updates).toEqual(['poll'])
  },
  'A.3-max-1': async () => {
    const bench = await startBench()
    const asked = async (max_connections: unknown, strict: boolean) => {
      bench.simulator.world.settings.webhooks = strict ? 'strict' : 'local'
      const url = 'https://x.test/'
      const ip_address = '93.184.216.34'
      await set(bench, { url, ip_address, max_connections, drop_pending_updates: true })
      return (await info(bench)).max_connections
    }
    expect([await asked(undefined, true), await asked(0, true), await asked(500, true)]).toEqual([
      40, 1, 100,
    ])
    expect(await asked(500_000, false)).toBe(100_000)
  },
  'A.3-local-1': async () => {
    const bench = await startBench()
    for (const url of ['http://127.0.0.1:3000/x', 'https://[::1]:1234', 'http://10.0.0.1:99']) {
      expect((await set(bench, { url })).description).toBe('Webhook was set')
    }
  },
  'A.3-ip-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    const url = hook.url.replace('127.0.0.1', 'nowhere.invalid')
    await set(bench, { url, ip_address: '127.0.0.1' })
    await bench.say('x')
    await bench.settle()
    expect(hook.received).toHaveLength(1)
    expect(await info(bench)).toMatchObject({ url, ip_address: '127.0.0.1' })
  },
  'A.3-info-1': async () => {
    expect(await info(await startBench())).toEqual({
      url: '',
      has_custom_certificate: false,
      pending_update_count: 0,
    })
  },
  'A.3-info-2': async () => {
    const bench = await startBench()
    await set(bench, { url: 'http://bot.example/', allowed_updates: ['poll'] })
    expect(await info(bench)).toEqual({
      url: 'http://bot.example/',
      has_custom_certificate: false,
      pending_update_count: 0,
      ip_address: '<unknown>',
      max_connections: 40,
      allowed_updates: ['poll'],
    })
    await set(bench, { allowed_updates: [] })
    expect(await info(bench)).not.toHaveProperty('allowed_updates')
  },
  'A.3-info-3': async () => {
    const bench = await startBench()
    const hook = await bench.hook((_received, index) => ({ status: index === 1 ? 500 : 200 }))
    await bench.say('x')
    await bench.advance(1)
    const error = 'Wrong response from the webhook: 500 Internal Server Error'
    expect(await info(bench)).toMatchObject({ last_error_message: error })
    expect(hook.received).toHaveLength(2)
    await set(bench, {})
    expect(await info(bench)).not.toHaveProperty('last_error_message')
  },
})
