import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeFrom, decideState, decideTurn, describeBrowser, type StoredLogin } from './rules'
import { displayCode, loginCode } from './schema'

const bytes = fc.uint8Array({ minLength: 64, maxLength: 64 })

describe('codeFrom', () => {
  it('makes codes that survive being shown, typed in any case and read again', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = codeFrom(random)
        if (code === undefined) return
        expect(loginCode.parse(displayCode(code).toLowerCase())).toBe(code)
      }),
    )
  })

  it('prefers no letter: bytes that would are left out', () => {
    expect(codeFrom(new Uint8Array(64).fill(255))).toBeUndefined()
    expect(codeFrom(Uint8Array.of(255, 0, 29, 30, 59, 60, 239, 240, 1, 2))).toBe('2Z2Z2Z34')
  })

  it('never uses letters that look alike', () => {
    fc.assert(fc.property(bytes, (random) => !/[01ILOU]/.test(codeFrom(random) ?? '')))
  })
})

const now = new Date('2026-11-23T12:00:00Z')
const login = (
  state: string,
  seconds: number,
  telegramUserId: number | null = 42,
): StoredLogin => ({
  state,
  telegramUserId,
  expiresAt: new Date(now.getTime() + seconds * 1000),
})

describe('decideState', () => {
  it('ends by time what nobody finished, and nothing else', () => {
    expect(decideState(login('pending', 1), now)).toBe('pending')
    expect(decideState(login('pending', 0), now)).toBe('expired')
    expect(decideState(login('confirmed', 1), now)).toBe('confirmed')
    expect(decideState(login('confirmed', 0), now)).toBe('expired')
    expect(decideState(login('used', -9), now)).toBe('used')
    expect(decideState(login('denied', -9), now)).toBe('denied')
  })

  it('takes a no that nobody gave for the end of a code that several people opened', () => {
    expect(decideState(login('denied', 1, null), now)).toBe('contested')
    expect(decideState(login('denied', -9, null), now)).toBe('contested')
    expect(decideState(login('pending', 1, null), now)).toBe('pending')
  })
})

describe('decideTurn', () => {
  it('leaves the answer to the one person the code is bound to, once', () => {
    expect(decideTurn(login('pending', 1), 42, now)).toBe('open')
    expect(decideTurn(login('pending', 1), 43, now)).toBe('taken')
    for (const state of ['confirmed', 'denied', 'used']) {
      expect(decideTurn(login(state, 1), 42, now)).toBe('used')
      expect(decideTurn(login(state, 1), 43, now)).toBe('taken')
    }
  })

  it('says of a code that nobody can use any more why that is, whoever asks', () => {
    expect(decideTurn(login('pending', 0), 42, now)).toBe('expired')
    expect(decideTurn(login('confirmed', 0), 43, now)).toBe('expired')
    expect(decideTurn(login('denied', 1, null), 42, now)).toBe('contested')
  })
})

describe('describeBrowser', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    ['', 'a browser'],
    ['curl/8.9.1', 'a browser'],
  ])('names %s', (userAgent, name) => {
    expect(describeBrowser(userAgent)).toBe(name)
  })

  it('shows no word of what the browser says of itself', () => {
    const own =
      /^(Edge|Opera|Yandex Browser|Samsung Internet|Firefox|Chrome|Safari|a browser)( on \w+)?$/
    fc.assert(fc.property(fc.string(), (userAgent) => own.test(describeBrowser(userAgent))))
    expect(describeBrowser('Your bank. Press yes! Chrome/1')).toBe('Chrome')
  })
})
