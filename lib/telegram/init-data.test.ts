import { createHmac } from 'node:crypto'
import { isValid, sign } from '@tma.js/init-data-node'
import { describe, expect, it } from 'vitest'
import { readInitData } from './init-data'

const botToken = '7000000001:AAEmulatorOnlyNotARealTokenXXXXXXXX1'
const authDate = 1_795_000_000
const atSeconds = (seconds: number) => new Date((authDate + seconds) * 1000)
const read = (raw: string, ageSeconds = 10, token = botToken) =>
  readInitData(raw, { botToken: token, now: atSeconds(ageSeconds), maxAgeSeconds: 86_400 })

const menuLaunch =
  'query_id=AAHemuQIAAAAAN6a5AjTest&user=%7B%22id%22%3A4503599627370495%2C%22first_name%22%3A%22%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0%22%2C%22last_name%22%3A%22%22%2C%22username%22%3A%22olga_k%22%2C%22language_code%22%3A%22ru%22%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Fx.svg%22%7D&auth_date=1795000000&signature=RWY5TOFznQLrNKr0V3wOIPGaSMXgG3J9UMnVWGNYfEDr7QqSFrG16rrcqd0CMcwipfpIm3keaYtSx9aS615yBg&hash=bb7a1cedd05cd7850498f9b866ea910569e46a0b8c93bf9e3bb0cf95c6338b61'
const linkLaunch =
  'user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22A%2BB%20%26%20C%22%2C%22last_name%22%3A%22100%25%22%2C%22language_code%22%3A%22en%22%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2Fy.svg%22%7D&chat_instance=-3788475317572404878&chat_type=private&start_param=plan_pro&auth_date=1795000000&signature=oVJ_2o5tyhI-yLM56xr2XkchRQssZtG6Sf7eJUJyuxzMG4hAL-BiW1wmmt8usksUq89_aSHzdrKR7BYFfqe7AA&hash=006cc17caa539d5dbdbe597700f258e6a999347d8d9b43f3e594fc6a1a1c8951'

/** Signs like Telegram, independently of the code under test. */
function signed(fields: [string, string][], token = botToken): string {
  const secret = createHmac('sha256', 'WebAppData').update(token).digest()
  const check = fields
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const hash = createHmac('sha256', secret).update(check).digest('hex')
  return new URLSearchParams([...fields, ['hash', hash]]).toString()
}

const person: [string, string] = ['user', '{"id":42,"first_name":"Ann"}']
const date: [string, string] = ['auth_date', String(authDate)]

describe('readInitData', () => {
  it('reads a menu launch with a 52-bit id', () => {
    expect(read(menuLaunch)).toEqual({
      telegramUserId: 4_503_599_627_370_495,
      firstName: 'Ольга',
      lastName: null,
      username: 'olga_k',
      languageCode: 'ru',
      allowsWriteToPm: true,
      startParam: null,
    })
  })

  it('reads a link launch with signs that encodings like to break', () => {
    expect(read(linkLaunch)).toMatchObject({
      firstName: 'A+B & C',
      lastName: '100%',
      startParam: 'plan_pro',
      allowsWriteToPm: false,
    })
  })

  it('agrees with @tma.js/init-data-node on what is valid', async () => {
    const other = await sign({ user: { id: 7, first_name: 'Böb' } }, botToken, atSeconds(0))
    for (const raw of [menuLaunch, linkLaunch, other]) {
      expect(await isValid(raw, botToken, { expiresIn: 0 })).toBe(true)
      expect(() => read(raw)).not.toThrow()
      const broken = raw.replace('auth_date=1795000000', 'auth_date=1795000001')
      expect(await isValid(broken, botToken, { expiresIn: 0 })).toBe(false)
      expect(() => read(broken)).toThrow()
    }
  })

  it('does not care about the order of fields', () => {
    const shuffled = menuLaunch.split('&').reverse().join('&')
    expect(read(shuffled).telegramUserId).toBe(4_503_599_627_370_495)
  })

  it.each([
    ['nothing', ''],
    ['no hash', menuLaunch.replace(/&hash=.*/, '')],
    ['no signature field though it was signed', menuLaunch.replace(/&signature=[^&]*/, '')],
    [
      'an upper-case hash',
      menuLaunch.replace(/hash=(.*)/, (_, h: string) => `hash=${h.toUpperCase()}`),
    ],
    ['a short hash', menuLaunch.slice(0, -2)],
    ['two hashes', `${menuLaunch}&hash=${'0'.repeat(64)}`],
    ['a repeated key', `${signed([person, date])}&auth_date=${authDate}`],
    ['a changed user', menuLaunch.replace('4503599627370495', '4503599627370494')],
    ['an added field', `${menuLaunch}&start_param=gold_1m`],
    ['no user', signed([['query_id', 'x'], date])],
    ['a user that is not JSON', signed([['user', 'Ann'], date])],
    ['a user without id', signed([['user', '{"first_name":"Ann"}'], date])],
    ['a user id in a string', signed([['user', '{"id":"42","first_name":"Ann"}'], date])],
    [
      'a user id beyond exact numbers',
      signed([['user', '{"id":90071992547409931,"first_name":"A"}'], date]),
    ],
    ['no auth_date', signed([person])],
    ['an auth_date in words', signed([person, ['auth_date', '1e9']])],
    ['another bot', signed([person, date], '7000000002:AAEmulatorOnlyNotARealTokenXXXXXXXX1')],
  ])('refuses %s', (_, raw) => {
    expect(() => read(raw)).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  })

  it('takes data up to its age limit and not a second longer', () => {
    const raw = signed([person, date])
    expect(read(raw, 86_400).telegramUserId).toBe(42)
    expect(() => read(raw, 86_401)).toThrow(expect.objectContaining({ code: 'init_data_expired' }))
  })

  it('forgives a clock 60 seconds ahead, not more', () => {
    const raw = signed([person, date])
    expect(read(raw, -60).telegramUserId).toBe(42)
    expect(() => read(raw, -61)).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  })

  it('calls old forged data forged, not old', () => {
    const forged = signed([person, date]).replace('Ann', 'Eve')
    expect(() => read(forged, 999_999)).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  })
})
