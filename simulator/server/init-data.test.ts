import { isValid, isValid3rd, parse } from '@tma.js/init-data-node'
import { describe, expect, it } from 'vitest'
import { launchUrl, publicKeyHex, signInitData, userField } from './init-data'
import { ANN, OLGA, startBench } from './testing/harness'

const TOKEN = '7000000001:AAEmulatorOnlyNotARealTokenXXXXXXXX1'
const SEED = Buffer.alloc(32, 7)

const MENU =
  'query_id=AAHemuQIAAAAAN6a5AjTest&user=%7B%22id%22%3A4503599627370495%2C%22first_name%22%3A%22%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0%22%2C%22last_name%22%3A%22%22%2C%22username%22%3A%22olga_k%22%2C%22language_code%22%3A%22ru%22%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Fx.svg%22%7D&auth_date=1795000000&signature=RWY5TOFznQLrNKr0V3wOIPGaSMXgG3J9UMnVWGNYfEDr7QqSFrG16rrcqd0CMcwipfpIm3keaYtSx9aS615yBg&hash=bb7a1cedd05cd7850498f9b866ea910569e46a0b8c93bf9e3bb0cf95c6338b61'
const DIRECT =
  'user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22A%2BB%20%26%20C%22%2C%22last_name%22%3A%22100%25%22%2C%22language_code%22%3A%22en%22%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Fy.svg%22%7D&chat_instance=-3788475317572404878&chat_type=private&start_param=plan_pro&auth_date=1795000000&signature=oVJ_2o5tyhI-yLM56xr2XkchRQssZtG6Sf7eJUJyuxzMG4hAL-BiW1wmmt8usksUq89_aSHzdrKR7BYFfqe7AA&hash=006cc17caa539d5dbdbe597700f258e6a999347d8d9b43f3e594fc6a1a1c8951'

describe('init data', () => {
  it('signs a menu launch as Telegram does', () => {
    const user = userField({
      id: OLGA,
      first_name: 'Ольга',
      username: 'olga_k',
      language_code: 'ru',
      allows_write_to_pm: true,
      photo_url: 'https://t.me/i/userpic/320/x.svg',
    })
    const signed = signInitData(TOKEN, SEED, [
      ['query_id', 'AAHemuQIAAAAAN6a5AjTest'],
      ['user', user],
      ['auth_date', '1795000000'],
    ])
    expect(signed).toBe(MENU)
  })

  it('signs a direct launch as Telegram does', () => {
    const user = userField({
      id: ANN,
      first_name: 'A+B & C',
      last_name: '100%',
      language_code: 'en',
      photo_url: 'https://t.me/i/userpic/320/y.svg',
    })
    const signed = signInitData(TOKEN, SEED, [
      ['user', user],
      ['chat_instance', '-3788475317572404878'],
      ['chat_type', 'private'],
      ['start_param', 'plan_pro'],
      ['auth_date', '1795000000'],
    ])
    expect(signed).toBe(DIRECT)
  })

  it('derives the public key that checks the signature', () => {
    expect(publicKeyHex(SEED)).toBe(
      'ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c',
    )
  })

  it('encodes init data twice and keeps the hash an app already has', () => {
    const launch = { initData: 'user=A%2BB', platform: 'weba', themeParams: {} }
    expect(launchUrl('https://x.test/app', { ...launch, startParam: 'gold' })).toBe(
      'https://x.test/app?tgWebAppStartParam=gold#tgWebAppData=user%3DA%252BB' +
        '&tgWebAppVersion=9.1&tgWebAppPlatform=weba&tgWebAppThemeParams=%7B%7D',
    )
    expect(launchUrl('https://x.test/#/route', launch)).toContain('/#/route?tgWebAppData=')
    expect(launchUrl('https://x.test/#a=b', launch)).toContain('/#a=b&tgWebAppData=')
  })
})

describe('a launch', () => {
  it('is accepted by an independent library and not mistaken for one of Telegram', async () => {
    const bench = await startBench()
    const { init_data, launch_url } = await bench.get(`/control/init-data?person_id=${OLGA}`)
    const raw = String(init_data)
    expect(isValid(raw, TOKEN)).toBe(true)
    expect(await isValid3rd(raw, 7_000_000_001)).toBe(false)
    expect(parse(raw).user?.id).toBe(OLGA)
    const hash = new URLSearchParams(new URL(String(launch_url)).hash.slice(1))
    expect(hash.get('tgWebAppData')).toBe(raw)
    expect(String(launch_url)).toMatch(/^http:\/\/localhost:3000\/app#/)
  })

  it('has the fields of its source', async () => {
    const bench = await startBench()
    const names = async (query: string) => {
      const { init_data } = await bench.get(`/control/init-data?person_id=${ANN}${query}`)
      return [...new URLSearchParams(String(init_data)).keys()]
    }
    expect(await names('')).toEqual(['query_id', 'user', 'auth_date', 'signature', 'hash'])
    expect(await names('&start_param=gold')).toEqual([
      'user',
      'chat_instance',
      'chat_type',
      'start_param',
      'auth_date',
      'signature',
      'hash',
    ])
  })

  it('can be made to look old', async () => {
    const bench = await startBench()
    const { init_data } = await bench.get(`/control/init-data?person_id=${ANN}&age_seconds=90000`)
    expect(isValid(String(init_data), TOKEN)).toBe(false)
    expect(isValid(String(init_data), TOKEN, { expiresIn: 0 })).toBe(true)
  })
})
