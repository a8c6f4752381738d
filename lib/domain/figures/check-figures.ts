import { noteFinding } from '@/lib/domain/findings/note-finding'
import type { Actor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { inTransaction } from '@/lib/platform/transaction'
import { latenessSeconds, rollUpDays } from './roll-up-days'
import { countDay, loadProgress } from './store'
import {
  isChanged,
  isDayRight,
  listDays,
  listWrongDays,
  lockDay,
  lockFigures,
  rebuildDays,
} from './store-check'

/**
 * Compares the figures with the raw rows, to the unit, day after day. What differs is counted anew
 * and told to the admins. A day whose rows changed meanwhile is no fault.
 */
export async function checkFigures(actor: Extract<Actor, { kind: 'system' }>): Promise<string[]> {
  await rollUpDays(actor)

  const wrong = new Set<string>()
  for (const day of await listDays()) if (await correctDay(day)) wrong.add(day)
  for (const day of await correctFigures()) wrong.add(day)

  const days = [...wrong].sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first && last) {
    const details = { first_day: first, last_day: last, days: days.length }
    const subject = 'figures'
    await noteFinding(actor, { kind: 'figures_differ', subject, details, count: days.length })
  }
  log().info({ event: 'figures_checked', outcome: days.length === 0 ? 'equal' : 'differed' })
  return days
}

/** True when the parts of the day were wrong though nothing of it had changed. */
function correctDay(day: string): Promise<boolean> {
  const { GRACE_HOURS: graceHours } = env()
  return inTransaction(async (tx) => {
    await lockDay(tx, day)
    if (await isDayRight(tx, day, graceHours)) return false
    const at = await now()
    const marked = (await loadProgress())?.markedAt ?? at
    const isNews = await isChanged(tx, day, addSeconds(marked, -latenessSeconds), at)
    await countDay(tx, day, graceHours, at)
    return !isNews
  })
}

/** The days whose figures were not the sum of their parts. */
function correctFigures(): Promise<string[]> {
  return inTransaction(async (tx) => {
    await lockFigures(tx)
    const days = await listWrongDays(tx)
    if (days.length > 0) await rebuildDays(tx, days)
    return days
  })
}
