import { addDays } from '@/lib/kit/period'

/**
 * Telegram keeps an update for a day. What is received two days after another was sent after it, even
 * if its id is lower because ids began anew.
 */
export function outlivedBefore(now: Date): Date {
  return addDays(now, -2)
}
