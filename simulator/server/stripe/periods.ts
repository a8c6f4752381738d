import type { PriceJson } from './shapes'

const DAY = 86_400

/** The end of the given cycle, counted from the first one; the 31st falls on a month's last day. */
export function cycleEnd(
  anchor: number,
  cycles: number,
  recurring: PriceJson['recurring'],
): number {
  const count = cycles * (recurring?.interval_count ?? 1)
  const interval = recurring?.interval ?? 'month'
  if (interval === 'day') return anchor + count * DAY
  if (interval === 'week') return anchor + count * 7 * DAY
  const start = new Date(anchor * 1000)
  const months = interval === 'year' ? count * 12 : count
  const end = new Date(start)
  end.setUTCDate(1)
  end.setUTCMonth(start.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return Math.floor(end.getTime() / 1000)
}
