import type { Actor } from '@/lib/kit/actor'
import { addSeconds } from '@/lib/kit/period'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { inTransaction } from '@/lib/platform/transaction'
import {
  countDay,
  countMarkedDays,
  earliestNow,
  loadProgress,
  markAll,
  markChanged,
  setCounted,
  setMarked,
  takeMarkedDay,
} from './store'

/** A change bears a date from before its commit, at most by so much. */
export const latenessSeconds = 300

/**
 * Counts every day anew whose rows changed since the last time; the first time, all days. One that
 * dies on the way leaves its days marked, and several at once share the days. Safe to call twice.
 */
export async function rollUpDays(actor: Extract<Actor, { kind: 'system' }>): Promise<number> {
  const at = await now()
  await markDays(actor, at)

  let counted = 0
  while (await countOneDay(at)) counted += 1

  // Another may still be at work on one; it will say so itself when it is done.
  if ((await countMarkedDays()) === 0) await setCounted(at)
  return counted
}

async function markDays(_actor: Extract<Actor, { kind: 'system' }>, at: Date): Promise<void> {
  const [progress, since] = await Promise.all([loadProgress(), earliestNow(at)])
  const { GRACE_HOURS: graceHours } = env()
  await inTransaction(async (tx) => {
    if (progress?.graceHours !== graceHours) await markAll(tx)
    else {
      const last = Math.min(progress.markedAt.getTime(), since.getTime())
      await markChanged(tx, addSeconds(new Date(last), -latenessSeconds), at)
    }
    await setMarked(tx, since, graceHours)
  })
}

function countOneDay(at: Date): Promise<boolean> {
  return inTransaction(async (tx) => {
    const day = await takeMarkedDay(tx)
    if (day) await countDay(tx, day, env().GRACE_HOURS, at)
    return day !== null
  })
}
