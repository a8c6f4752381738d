import type { Person } from '@/simulator/wire'

export function fullName(person: Pick<Person, 'first_name' | 'last_name'>): string {
  return [person.first_name, person.last_name].filter(Boolean).join(' ')
}

/** Stars as "⭐ 500", money in the currency's own notation. */
export function priceText(currency: string, amount: number): string {
  if (currency === 'XTR') return `⭐ ${amount}`
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2
    return format.format(amount / 10 ** digits)
  } catch {
    return `${amount} ${currency}`
  }
}

export function timeText(date: number): string {
  return new Date(date * 1000).toLocaleTimeString('en', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
}

export function dayText(date: number): string {
  return new Date(date * 1000).toLocaleDateString('en', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}

export function sameDay(a: number, b: number): boolean {
  return new Date(a * 1000).toDateString() === new Date(b * 1000).toDateString()
}

const DAY_SECONDS = 86_400

/** "30 days", "5 minutes": how often a subscription is charged. */
export function periodText(seconds: number): string {
  const [count, unit] =
    seconds % DAY_SECONDS === 0
      ? [seconds / DAY_SECONDS, 'day']
      : seconds % 60 === 0
        ? [seconds / 60, 'minute']
        : [seconds, 'second']
  return count === 1 ? unit : `${count} ${unit}s`
}
