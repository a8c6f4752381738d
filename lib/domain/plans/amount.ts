import { currencyExponent, type Money } from '@/lib/kit/money'
import { amountMax } from './schema'

/**
 * What a person typed, in the currency's smallest unit; null when it is no such amount. Nothing is
 * rounded: a digit too many is a mistake. A comma counts as a point before the last digits.
 */
export function parseAmount(text: string, currency: string): number | null {
  const match = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (!match) return null
  const exponent = currencyExponent(currency)
  const [, whole = '', decimals = ''] = match
  if (decimals.length > exponent) return null
  const amount = Number(whole + decimals.padEnd(exponent, '0'))
  return amount >= 1 && amount <= amountMax ? amount : null
}

/** The same amount as it is typed: `25.00`, `1200`. */
export function typedAmount({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency)
  if (exponent === 0) return String(amount)
  const digits = String(amount).padStart(exponent + 1, '0')
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
