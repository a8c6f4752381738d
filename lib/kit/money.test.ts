import { describe, expect, it } from 'vitest'
import { currencyExponent, formatMoney } from './money'

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

  it('knows exponents 0, 2 and 3', () => {
    expect(['XTR', 'JPY', 'GBP', 'KWD'].map(currencyExponent)).toEqual([0, 0, 2, 3])
  })

  it('counts as Telegram does where the runtime leaves out coins that are out of use', () => {
    const counted = ['AFN', 'ALL', 'COP', 'HUF', 'IDR', 'LBP', 'PKR', 'YER']
    expect(counted.map(currencyExponent)).toEqual(counted.map(() => 2))
  })
})
