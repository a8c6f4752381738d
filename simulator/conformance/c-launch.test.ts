import { isValid, isValid3rd, parse } from '@tma.js/init-data-node'
import { expect } from 'vitest'
import { launchUrl, publicKeyHex, signInitData, userField } from '@/simulator/server/init-data'
import { DEFAULT_TOKEN } from '@/simulator/server/start'
import { ANN, approve, BEN, type Bench, OLGA, startBench } from '@/simulator/server/testing/harness'
import { BOT_ID } from './helpers'
import { prove } from './prove'
import { launch } from './rules/c-launch'

const PHOTO = 'https://t.me/i/userpic/320/x.svg'
const SEED = Buffer.alloc(32, 7)

async function initData(bench: Bench, query = '', person = ANN): Promise<string> {
  return String((await bench.get(`/control/init-data?person_id=${person}${query}`)).init_data)
}

async function opened(bench: Bench, more: object): Promise<URL> {
  const reply = await bench.post('/client/web-app', {
    person_id: ANN,
    bot_id: BOT_ID,
    source: 'menu',
    platform: 'weba',
    theme_params: { bg_color: '#ffffff' },
    ...more,
  })
  return new URL(String(reply.url))
}

const names = (raw: string) => [...new URLSearchParams(raw).keys()]
const userOf = (raw: string) => String(new URLSearchParams(raw).get('user'))

prove(launch, {
  'C.1-url-1': async () => {
    const bench = await startBench({ appUrl: 'https://shop.test' })
    const menu = await opened(bench, {})
    expect(menu.origin + menu.pathname).toBe('https://shop.test/app')
    const button = await opened(bench, { source: 'button', url: 'https://other.test/x?y=1' })
    expect(button.href).toMatch(/^https:\/\/other\.test\/x\?y=1#tgWebAppData=/)
    expect(button.hash).toContain(
      `tgWebAppThemeParams=${encodeURIComponent('{"bg_color":"#ffffff"}')}`,
    )
  },
  'C.1-url-2': async () => {
    const { hash } = await opened(await startBench(), {})
    expect([...new URLSearchParams(hash.slice(1)).keys()]).toEqual([
      'tgWebAppData',
      'tgWebAppVersion',
      'tgWebAppPlatform',
      'tgWebAppThemeParams',
    ])
  },
  'C.1-url-3': async () => {
    const url = await opened(await startBench(), { source: 'link', start_param: 'plan_pro' })
    expect(url.searchParams.get('tgWebAppStartParam')).toBe('plan_pro')
    const data = new URLSearchParams(url.hash.slice(1)).get('tgWebAppData') ?? ''
    expect(parse(data).start_param).toBe('plan_pro')
  },
  'C.1-url-4': async () => {
    const own = { initData: '', platform: 'weba', themeParams: {} }
    expect(launchUrl('https://x.test/#/route', own)).toContain('#/route?tgWebAppData=')
    expect(launchUrl('https://x.test/#a=b', own)).toContain('#a=b&tgWebAppData=')
    expect(launchUrl('https://x.test/#/a?b', own)).toContain('#/a?b&tgWebAppData=')
  },
  'C.1-url-5': async () => {
    const bench = await startBench()
    const { id } = await bench.post('/control/people', { first_name: 'A+B' })
    const { launch_url } = await bench.get(`/control/init-data?person_id=${id}`)
    expect(launch_url).toContain('A%252BB')
  },
  'C.2-fields-1': async () => {
    const raw = await initData(await startBench())
    expect(names(raw)).toEqual(['query_id', 'user', 'auth_date', 'signature', 'hash'])
  },
  'C.2-fields-2': async () => {
    const bench = await startBench()
    const common = ['user', 'chat_instance', 'chat_type']
    const end = ['auth_date', 'signature', 'hash']
    const raw = await initData(bench, '&start_param=gold')
    expect(names(raw)).toEqual([...common, 'start_param', ...end])
    expect(parse(raw)).toMatchObject({ chat_type: 'private', start_param: 'gold' })
  },
  'C.2-user-1': async () => {
    const user = userField({ id: OLGA, first_name: 'Ольга', photo_url: PHOTO })
    expect(user).toBe(
      `{"id":${OLGA},"first_name":"Ольга","last_name":"","photo_url":"${PHOTO.replaceAll('/', '\\/')}"}`,
    )
  },
  'C.2-user-2': async () => {
    const bench = await startBench()
    const may = async () => userOf(await initData(bench, '', BEN)).includes('allows_write_to_pm')
    const seen = [await may()]
    await bench.say('/start', BEN)
    seen.push(await may())
    await bench.post('/control/block', { person_id: BEN, blocked: true })
    seen.push(await may())
    expect(seen).toEqual([false, true, false])
  },
  'C.2-hash-1': async () => {
    const bench = await startBench()
    for (const query of ['', '&start_param=gold']) {
      expect(isValid(await initData(bench, query, OLGA), DEFAULT_TOKEN)).toBe(true)
    }
  },
  'C.2-hash-2': async () => {
    const raw = await initData(await startBench())
    const upper = raw.replace(/[^=]+$/, (hash) => hash.toUpperCase())
    const double = raw.replace('auth_date=', 'auth_date=1&auth_date=')
    for (const bad of [upper, double, raw.replace('Ann', 'Eve'), raw.replace('signature', 's')]) {
      expect(isValid(bad, DEFAULT_TOKEN)).toBe(false)
    }
  },
  'C.2-sign-1': async () => {
    const bench = await startBench()
    const raw = await initData(bench)
    expect(await isValid3rd(raw, BOT_ID)).toBe(false)
    expect(await isValid3rd(raw, BOT_ID, { test: true })).toBe(false)
    const { list } = await bench.get('/control/bots')
    expect(list).toMatchObject([{ init_data_public_key: publicKeyHex(SEED) }])
  },
  'C.2-vector-1': async () => {
    const vectors = [
      {
        hash: 'bb7a1cedd05cd7850498f9b866ea910569e46a0b8c93bf9e3bb0cf95c6338b61',
        fields: [
          ['query_id', 'AAHemuQIAAAAAN6a5AjTest'],
          [
            'user',
            userField({
              id: OLGA,
              first_name: 'Ольга',
              username: 'olga_k',
              language_code: 'ru',
              allows_write_to_pm: true,
              photo_url: PHOTO,
            }),
          ],
          ['auth_date', '1795000000'],
        ],
      },
      {
        hash: '006cc17caa539d5dbdbe597700f258e6a999347d8d9b43f3e594fc6a1a1c8951',
        fields: [
          [
            'user',
            userField({
              id: ANN,
              first_name: 'A+B & C',
              last_name: '100%',
              language_code: 'en',
              photo_url: PHOTO.replace('x.svg', 'y.svg'),
            }),
          ],
          ['chat_instance', '-3788475317572404878'],
          ['chat_type', 'private'],
          ['start_param', 'plan_pro'],
          ['auth_date', '1795000000'],
        ],
      },
    ] satisfies { hash: string; fields: [string, string][] }[]
    for (const { hash, fields } of vectors) {
      expect(signInitData(DEFAULT_TOKEN, SEED, fields)).toMatch(new RegExp(`&hash=${hash}$`))
    }
  },
  'C.2-age-1': async () => {
    const bench = await startBench()
    expect(isValid(await initData(bench, '&age_seconds=86000'), DEFAULT_TOKEN)).toBe(true)
    expect(isValid(await initData(bench, '&age_seconds=86500'), DEFAULT_TOKEN)).toBe(false)
  },
  'C.5-link-1': async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const slug = (await bench.link()).replace('https://t.me/$', '')
    for (const link of [
      `https://t.me/$${slug}`,
      `https://t.me/invoice/${slug}`,
      `tg://invoice?slug=${slug}`,
    ]) {
      const resolved = await bench.get(`/client/links?url=${encodeURIComponent(link)}`)
      expect(resolved).toEqual({ kind: 'invoice', slug })
      expect(await bench.pay(link)).toMatchObject({ status: 'paid' })
    }
  },
  'C.5-link-3': async () => {
    const { url } = (await startBench()).simulator
    const answer = await fetch(`${url}/t.me/$abc`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/#/link/%24abc'])
  },
})
