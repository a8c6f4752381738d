import { currencyExponent, type Money, stars } from '@/lib/kit/money'
import { addDays } from '@/lib/kit/period'

/** Telegram lets Stars be withdrawn after so many days. */
export const heldDays = 21

/** `2026-03-01`: the UTC day of a moment. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

export const dayAfter = (day: string, days: number): string => dayOf(addDays(new Date(day), days))

/** Every day from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = dayAfter(day, 1)) days.push(day)
  return days
}

/** One sum per currency, Stars first, then by name; no sum of nothing. */
export function moneyOf(sums: ReadonlyMap<string, number>): Money[] {
  return [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => byCurrency(a.currency, b.currency))
}

export function byCurrency(a: string, b: string): number {
  if (a === b) return 0
  if (a === stars || b === stars) return a === stars ? -1 : 1
  return a < b ? -1 : 1
}

type Summand = { currency: string; amount: number }

/** Sums by currency: what came in, less what went out. */
export function sumMoney(came: readonly Summand[], went: readonly Summand[] = []): Money[] {
  const sums = new Map<string, number>()
  const add = (currency: string, amount: number) =>
    sums.set(currency, (sums.get(currency) ?? 0) + amount)
  for (const { currency, amount } of came) add(currency, amount)
  for (const { currency, amount } of went) add(currency, -amount)
  return moneyOf(sums)
}

/** What Stars are worth at the owner's rate, in the smallest unit of its currency. */
export function estimate(amount: number, rate: { currency: string; price: number }): Money {
  const units = amount * rate.price * 10 ** currencyExponent(rate.currency)
  return { currency: rate.currency, amount: Math.round(units) }
}

/** Of the balance, what came within the days that Telegram holds Stars back, at most. */
export const heldOf = (balance: number, received: number): number =>
  Math.max(0, Math.min(balance, received))
