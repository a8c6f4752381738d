import { describe, expect, it } from 'vitest'
import { currencyExponent, formatMoney, spellMoney } from './money'

describe('spellMoney', () => {
  it.each([
    ['XTR', 1300, '1,300 Stars'],
    ['XTR', 1, '1 Star'],
    ['GBP', 2500, '£25.00'],
  ])('says %s %i as %s', (currency, amount, text) => {
    expect(spellMoney({ currency, amount })).toBe(text)
  })
})

describe('formatMoney', () => {
  it.each([
    ['XTR', 500, '⭐ 500'],
    ['XTR', 13_000, '⭐ 13,000'],
    ['JPY', 1200, '¥1,200'],
    ['GBP', 2500, '£25.00'],
    ['EUR', 5, '€0.05'],
    ['HUF', 250_000, 'HUF 2,500.00'],
    ['KWD', 1234, 'KWD 1.234'],
    ['USD', 999_999_999_999, '$9,999,999,999.99'],
  ])('writes %s %i as %s', (currency, amount, text) => {
    expect(formatMoney({ currency, amount }).replaceAll('\u00a0', ' ')).toBe(text)
  })

  it('writes thousands as the reader’s language does', () => {
    expect(formatMoney({ currency: 'XTR', amount: 13_000 }, 'de')).toBe('⭐ 13.000')
    const euros = formatMoney({ currency: 'EUR', amount: 123_456 }, 'de').replaceAll('\u00a0', ' ')
    expect(euros).toBe('1.234,56 €')
  })

  it('knows exponents 0, 2 and 3', () => {
    expect(['XTR', 'JPY', 'GBP', 'KWD'].map(currencyExponent)).toEqual([0, 0, 2, 3])
  })

  it('has no decimals, or three, for exactly the currencies that ISO 4217 counts so', () => {
    const none = ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX']
    const more = ['VND', 'VUV', 'XAF', 'XOF', 'XPF', 'XTR']
    const three = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']
    expect([...none, ...more].filter((code) => currencyExponent(code) !== 0)).toEqual([])
    expect(three.filter((code) => currencyExponent(code) !== 3)).toEqual([])
    expect(['GBP', 'USD', 'EUR', 'CHF'].filter((code) => currencyExponent(code) !== 2)).toEqual([])
  })

  it('counts as Telegram does where the runtime leaves out coins that are out of use', () => {
    const counted = ['AFN', 'ALL', 'COP', 'HUF', 'IDR', 'LBP', 'PKR', 'YER']
    expect(counted.map(currencyExponent)).toEqual(counted.map(() => 2))
  })
})
