import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ANN, OLGA, startBench } from '@/simulator/server/testing/harness'

describe('the control interface', () => {
  it('names what is wrong', async () => {
    const bench = await startBench()
    const cases: [string, object, number, string][] = [
      ['/control/people', { stars: -1 }, 400, 'BAD_REQUEST'],
      ['/control/messages', { person_id: ANN }, 400, 'BAD_REQUEST'],
      ['/control/messages', { person_id: 5, text: 'x' }, 404, 'PERSON_UNKNOWN'],
      ['/control/clock', { advance_seconds: -1 }, 400, 'BAD_REQUEST'],
      ['/control/faults', { nonsense: 1 }, 400, 'BAD_REQUEST'],
      ['/control/nothing', {}, 404, 'NOT_FOUND'],
      ['/control/deliveries', {}, 405, 'METHOD_NOT_ALLOWED'],
    ]
    for (const [path, body, http, error] of cases) {
      expect(await bench.post(path, body)).toMatchObject({
        http,
        error,
        message: expect.any(String),
      })
    }
    const broken = await fetch(`${bench.simulator.url}/control/people`, {
      method: 'POST',
      body: '{',
    })
    expect(await broken.json()).toMatchObject({ error: 'BAD_JSON' })
  })

  it('has three people at the start and makes more, with ids beyond 32 bits', async () => {
    const bench = await startBench()
    const { list } = await bench.get('/control/people')
    expect(list).toMatchObject([{ stars: 5000 }, { stars: 100 }, { id: OLGA, stars: 10_000 }])
    const person = await bench.post('/control/people', { first_name: 'Zoë', stars: 7 })
    expect(person).toMatchObject({ first_name: 'Zoë', stars: 7 })
    expect(person.id).toBeGreaterThan(2 ** 32)
  })

  it('tells and moves the time', async () => {
    const bench = await startBench({ clockStart: new Date('2030-01-01T00:00:00Z') })
    expect(String((await bench.get('/control/clock')).now)).toMatch(/^2030-01-01T00:00:0/)
    const moved = await bench.post('/control/clock', { advance_seconds: 86_400 })
    expect(String(moved.now)).toMatch(/^2030-01-02T00:00:/)
    expect(moved.unix).toBe(Math.floor(Date.parse(String(moved.now)) / 1000))
  })

  it('injects updates of types that do not exist yet', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/updates', { update: { brand_new_type: { x: 1 } } })
    await bench.settle()
    expect(hook.received[0]?.update).toMatchObject({ brand_new_type: { x: 1 } })
  })

  it('serves more than one bot', async () => {
    const bench = await startBench()
    await bench.post('/control/bots', { token: '42:second', username: 'second_bot' })
    const me = await fetch(`${bench.simulator.url}/bot42:second/getMe`)
    expect(await me.json()).toMatchObject({ result: { id: 42, username: 'second_bot' } })
    await bench.post('/control/messages', { person_id: ANN, bot_id: 42, text: 'hi' })
    expect((await bench.get(`/control/chats/${ANN}`)).list).toEqual([])
    expect((await bench.get(`/control/chats/${ANN}?bot_id=42`)).list).toHaveLength(1)
  })
})

describe('the client interface', () => {
  it('shows a chat with its fallback menu button, then the one the bot set', async () => {
    const bench = await startBench({ appUrl: 'http://localhost:3000/' })
    const menu = async () => {
      const { list } = await bench.get(`/client/chats/${ANN}`)
      return (list as { bot: { menu_button: object; commands: object[] } }[])[0]?.bot
    }
    expect((await menu())?.menu_button).toEqual({
      type: 'web_app',
      text: 'Plans',
      url: 'http://localhost:3000/app',
    })
    const menu_button = {
      type: 'web_app',
      text: 'Shop',
      web_app: { url: 'http://localhost:3000/x' },
    }
    expect((await bench.api('setChatMenuButton', { menu_button })).result).toBe(true)
    expect((await bench.api('getChatMenuButton')).result).toEqual(menu_button)
    await bench.api('setMyCommands', { commands: [{ command: 'buy', description: 'Buy' }] })
    expect(await menu()).toMatchObject({
      menu_button: { text: 'Shop', url: 'http://localhost:3000/x' },
      commands: [{ command: 'buy' }],
    })
  })

  it('opens Mini Apps', async () => {
    const bench = await startBench()
    const open = (more: object) =>
      bench.post('/client/web-app', {
        person_id: ANN,
        bot_id: 7_000_000_001,
        platform: 'weba',
        theme_params: { bg_color: '#ffffff' },
        ...more,
      })
    expect(await open({ source: 'menu' })).toMatchObject({
      origin: 'http://localhost:3000',
      title: 'Starpass',
      init_data: expect.stringMatching(/^query_id=/),
    })
    const direct = await open({ source: 'link', start_param: 'gold' })
    expect(String(direct.url)).toContain('/app?tgWebAppStartParam=gold#tgWebAppData=user%3D')
    expect(await open({ source: 'button' })).toMatchObject({ http: 400 })
    expect(await open({ source: 'button', url: 'javascript:alert(1)' })).toMatchObject({
      error: 'URL_INVALID',
    })
  })

  it('understands links', async () => {
    const bench = await startBench()
    const resolve = (url: string) => bench.get(`/client/links?url=${encodeURIComponent(url)}`)
    expect(await resolve('https://t.me/$abc-_=')).toEqual({ kind: 'invoice', slug: 'abc-_=' })
    expect(await resolve('https://t.me/Starpass_demo_bot?start=login-x')).toEqual({
      kind: 'bot',
      bot_id: 7_000_000_001,
      start: 'login-x',
    })
    expect(await resolve('tg://resolve?domain=starpass_demo_bot&startapp=gold')).toMatchObject({
      startapp: 'gold',
    })
    expect(await resolve('https://t.me/nobody')).toEqual({ kind: 'unknown' })
    expect(await resolve('https://evil.test/$abc')).toEqual({ kind: 'unknown' })
    const plain = await fetch(`${bench.simulator.url}/t.me/$abc`, { redirect: 'manual' })
    expect([plain.status, plain.headers.get('location')]).toEqual([302, '/#/link/%24abc'])
  })

  it('streams what changed', async () => {
    const bench = await startBench()
    const lines: string[] = []
    const stream = request(`${bench.simulator.url}/client/events`, (response) => {
      response.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
    })
    stream.on('error', () => {})
    stream.end()
    await expect.poll(() => lines.length).toBe(1)
    await bench.say('/start')
    await bench.post('/control/callbacks', { person_id: ANN, message_id: 1, data: 'x' })
    const [callback_query_id] = bench.simulator.world.callbacks.keys()
    await bench.api('answerCallbackQuery', { callback_query_id, text: 'Done', show_alert: true })
    await expect
      .poll(() => lines.join(''))
      .toContain(
        `data: {"type":"callback_answer","person_id":${ANN},"text":"Done","show_alert":true}\n\n`,
      )
    expect(lines.join('')).toContain(`data: {"type":"chat","person_id":${ANN},"bot_id":7000000001}`)
    stream.destroy()
  })
})
