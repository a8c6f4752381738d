/** An amount in the currency's smallest unit; Stars (XTR) as they are. */
export type Money = { amount: number; currency: string }

export const stars = 'XTR'

const whole = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF XTR'
const thousandths = 'BHD IQD JOD KWD LYD OMR TND'

/**
 * How many decimals a currency has (0 for JPY, 2 for EUR, 3 for KWD; Stars have none), after ISO 4217
 * as Telegram and card providers count. `Intl` says 0 for HUF or IDR, whose coins are out of use.
 */
export function currencyExponent(currency: string): number {
  if (whole.includes(currency)) return 0
  return thousandths.includes(currency) ? 3 : 2
}

/** `⭐ 500`, `£25.00`, `¥1,200`: what a buyer reads. */
export function formatMoney({ amount, currency }: Money, locale = 'en'): string {
  if (currency === stars) return `⭐ ${new Intl.NumberFormat(locale).format(amount)}`
  const digits = currencyExponent(currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits)
}

/** `500 Stars`, `£25.00`: within a sentence on a page, because not every browser has a font with ⭐. */
export function spellMoney(money: Money, locale = 'en'): string {
  if (money.currency !== stars) return formatMoney(money, locale)
  const { amount } = money
  return `${new Intl.NumberFormat(locale).format(amount)} ${amount === 1 ? 'Star' : 'Stars'}`
}
