/** An amount in the currency's smallest unit; Stars (XTR) as they are. */
export type Money = { amount: number; currency: string }

export const stars = 'XTR'

/**
 * How many decimals a currency has (0 for JPY, 2 for EUR, 3 for KWD; Stars have none).
 * From the runtime's own ISO 4217 table, so there is no list to keep.
 */
export function currencyExponent(currency: string): number {
  if (currency === stars) return 0
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** `⭐ 500`, `£25.00`, `¥1,200`: what a buyer reads. */
export function formatMoney({ amount, currency }: Money, locale = 'en'): string {
  if (currency === stars) return `⭐ ${new Intl.NumberFormat(locale).format(amount)}`
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amount / 10 ** currencyExponent(currency),
  )
}
