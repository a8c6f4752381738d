import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testEnv } from '@/lib/testing/test-env'
import { env } from './env'
import { describeError } from './log'
import { bearerOf, hasBearer, hideSecrets, isSameSecret, secretsOf } from './secrets'

describe('secrets', () => {
  it('are the same only when every character is', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => isSameSecret(a, b) === (a === b)))
  })

  it.each([
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    ['Bearer', undefined],
    ['Bearer ', undefined],
    ['tma abc', undefined],
    ['Bearer a b', undefined],
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
  ])('are read as a bearer token from %j: %j', (header, token) => {
    expect(bearerOf(header)).toBe(token)
    expect(hasBearer(header, 'abc')).toBe(token === 'abc')
  })
})

describe('hideSecrets', () => {
  it('hides every setting that is named like a secret', () => {
    const names = Object.keys(testEnv).filter((name) => /TOKEN|SECRET|KEY/.test(name))
    expect(names.length).toBeGreaterThanOrEqual(7)
    for (const [name, value] of Object.entries(testEnv)) {
      if (names.includes(name) && value) expect(hideSecrets(`a ${value} b`)).toBe('a [hidden] b')
    }
    expect(hideSecrets(`see ${testEnv.APP_URL}`)).toBe(`see ${testEnv.APP_URL}`)
  })

  it.each([
    ['a token in an address', 'https://api.telegram.org/bot12345:AAEabcdefghijklmnopqrst/getMe'],
    ['the half of our token that is secret', env().TELEGRAM_BOT_TOKEN.split(':')[1] ?? ''],
    ['the proof in init data', `user=1&hash=${'a'.repeat(64)}`],
    ['the proof in init data inside an address', `x=hash%3D${'a'.repeat(64)}`],
    ['a key of Stripe', `sk_live_${'a'.repeat(24)}`],
    ['the secret of its webhook', `whsec_${'a'.repeat(32)}`],
  ])('hides %s', (_, text) => {
    const hidden = hideSecrets(text)
    expect(hidden).toContain('[hidden]')
    expect(hidden).not.toMatch(/aaaa|AAE|test_token/)
  })

  it('takes a long password of the database for a secret anywhere, a short one in its address', () => {
    const settings = (password: string) => ({ DATABASE_URL: `postgresql://me:${password}@host/db` })
    expect(secretsOf(settings('a-long-password'))).toContain('a-long-password')
    expect(secretsOf(settings('a-long%40password'))).toContain('a-long@password')
    expect(secretsOf(settings('short'))).toEqual([':short@'])
    expect(secretsOf({ DATABASE_URL: 'postgresql://me@host/db' })).toEqual([])
  })
})

describe('the description of an error', () => {
  it('has its name, message and place, and no secret and no charge id', () => {
    const chargeId = `stx${'a1'.repeat(66)}`
    const text = `duplicate key (stars, ${chargeId}) for ${env().NEXTAUTH_SECRET}`
    const { message, stack } = describeError(new TypeError(text))
    expect(message).toBe('TypeError: duplicate key (stars, [long text]) for [hidden]')
    expect(stack).toContain('secrets.test.ts')
    expect(stack).not.toContain(chargeId)
    expect(describeError(`thrown ${chargeId}`)).toEqual({ message: 'thrown [long text]' })
  })

  it('leaves out what a library hangs on an error', () => {
    const error = Object.assign(new Error('no'), { config: { token: 'x' }, cause: 'y' })
    expect(Object.keys(describeError(error))).toEqual(['message', 'stack'])
  })
})
