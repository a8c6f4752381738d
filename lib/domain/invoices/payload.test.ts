import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { hasValidTag, parsePayload, signPayload } from './payload'

const keys = vi.hoisted(() => ({ list: [] as string[] }))
vi.mock('@/lib/platform/env', () => ({
  env: () => ({ INVOICE_SIGNING_KEYS: keys.list, NEXTAUTH_SECRET: 's'.repeat(32) }),
}))

afterEach(() => {
  keys.list = []
})

const terms = { telegramUserId: 4_503_599_627_370_495, currency: 'XTR', amount: 500 }
const invoice = {
  id: newId(),
  planCode: 'gold_1m',
  issuedAt: new Date('2026-11-23T12:00:00Z'),
  ...terms,
}
const verify = (text: string, overrides: Partial<typeof terms> = {}) => {
  const payload = parsePayload(text)
  return payload !== null && hasValidTag(payload, { ...terms, ...overrides })
}

describe('the invoice payload', () => {
  it('reads back as it was written', () => {
    expect(parsePayload(signPayload(invoice))).toMatchObject({
      invoiceId: invoice.id,
      planCode: 'gold_1m',
      issuedAt: 1_795_435_200,
    })
    expect(verify(signPayload(invoice))).toBe(true)
  })

  it('is ASCII of at most 128 bytes for every plan code', () => {
    const text = signPayload({ ...invoice, planCode: `p${'x'.repeat(31)}` })
    expect(text).toMatch(/^[\x21-\x7e]{1,128}$/)
    expect(verify(text)).toBe(true)
  })

  it('holds the person, the currency and the amount, though none is in the text', () => {
    const text = signPayload(invoice)
    expect(text).not.toContain(String(terms.telegramUserId))
    expect(verify(text, { telegramUserId: 1 })).toBe(false)
    expect(verify(text, { currency: 'EUR' })).toBe(false)
    expect(verify(text, { amount: 501 })).toBe(false)
  })

  it('notices every changed character', () => {
    const text = signPayload(invoice)
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, sign) => {
          fc.pre(text[at] !== sign)
          expect(verify(text.slice(0, at) + sign + text.slice(at + 1))).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('never throws on what strangers send', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verify(text)).toBe(false)
      }),
    )
  })

  it.each(['', '.', 'a.b.c.d', `${newId()}.gold_1m.1.`, `${newId()}.Gold.1.${'a'.repeat(22)}`])(
    'has no shape: %j',
    (text) => expect(parsePayload(text)).toBeNull(),
  )

  const id = newId()
  const tag = 'Aa0-_'.padEnd(22, 'x')
  const parts = { id, code: 'gold_1m', issuedAt: '1795435200', tag, rest: '' }
  const written = (overrides: Partial<typeof parts>) => {
    const { rest, ...four } = { ...parts, ...overrides }
    return `${Object.values(four).join('.')}${rest}`
  }

  it('has the shape of four known parts', () => {
    expect(parsePayload(written({}))).toEqual({
      invoiceId: id,
      planCode: 'gold_1m',
      issuedAt: 1_795_435_200,
      tag,
    })
  })

  it.each([
    ['an id that is none', { id: 'x' }],
    ['a plan code that is none', { code: 'Gold' }],
    ['no date', { issuedAt: '' }],
    ['a sign before the date', { issuedAt: '-1795435200' }],
    ['something behind the date', { issuedAt: '1795435200x' }],
    ['a date of more than 12 digits', { issuedAt: '1'.repeat(13) }],
    ['a tag that is too short', { tag: tag.slice(1) }],
    ['a tag that is too long', { tag: `${tag}x` }],
    ['a tag of other signs', { tag: '+'.repeat(22) }],
    ['a tag that begins otherwise', { tag: `+${tag}` }],
    ['a tag that ends otherwise', { tag: `${tag}+` }],
    ['a fifth part', { rest: '.' }],
  ])('has no shape with %s', (_, overrides) => {
    expect(parsePayload(written(overrides))).toBeNull()
  })

  // Payloads come back with renewals years later: a release that makes other tags loses money.
  it.each([
    ['a key of its own', ['k'.repeat(32)], 'gM5VdUtRNyEqBibi5r_dtg'],
    ['the key derived from the session secret', [], 'EmV5ydXSkiVYigeouKbkeA'],
  ])('keeps its tag from release to release with %s', (_, list, expected) => {
    keys.list = list
    const id = '019ab000-0000-7000-8000-000000000000'
    expect(signPayload({ ...invoice, id })).toBe(`${id}.gold_1m.1795435200.${expected}`)
  })

  it('still accepts an old key, and signs with the newest', () => {
    keys.list = ['o'.repeat(32)]
    const old = signPayload(invoice)
    keys.list = ['n'.repeat(32), 'o'.repeat(32)]
    expect(verify(old)).toBe(true)
    expect(signPayload(invoice)).not.toBe(old)
    keys.list = ['n'.repeat(32)]
    expect(verify(old)).toBe(false)
  })

  it('still accepts what was signed before there were keys', () => {
    keys.list = []
    const old = signPayload(invoice)
    keys.list = ['n'.repeat(32)]
    expect(verify(old)).toBe(true)
    expect(signPayload(invoice)).not.toBe(old)
  })
})
