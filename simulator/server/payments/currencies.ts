/**
 * The currencies of Telegram's `currencies.json` and their exponents, after a public copy of it: no
 * currency there has three digits behind the point, and fewer have none than in ISO 4217.
 */
const CODES = new Set(
  (
    'AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BND BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD ' +
    'EGP ETB EUR GBP GEL GTQ HKD HNL HRK HUF IDR ILS INR ISK JMD JPY KES KGS KRW KZT LBP LKR MAD MDL ' +
    'MNT MUR MVR MXN MYR MZN NGN NIO NOK NPR NZD PAB PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD ' +
    'THB TJS TRY TTD TWD TZS UAH UGX USD UYU UZS VND YER ZAR'
  ).split(' '),
)
const WHOLE = new Set(['XTR', 'CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND'])

/**
 * Smallest and largest total, about 1 to 10,000 US dollars. The real limits follow the exchange
 * rates; where none stands here, only the shape of the amount is checked.
 */
const RANGES: Record<string, [number, number]> = {
  EUR: [100, 1_000_000],
  GBP: [100, 1_000_000],
  USD: [100, 1_000_000],
  JPY: [100, 1_500_000],
}

export const MAX_AMOUNT = 999_999_999_999

export function isCurrency(code: string): boolean {
  return CODES.has(code)
}

export function exponentOf(code: string): number {
  return WHOLE.has(code) ? 0 : 2
}

export function rangeOf(code: string): [min: number, max: number] {
  return RANGES[code] ?? [1, MAX_AMOUNT]
}
