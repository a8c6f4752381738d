import { loadSettings } from '@/lib/domain/settings/queries'
import type { Actor } from '@/lib/kit/actor'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { isDue, slotsAt } from './rules'
import { type Candidate, type Cursor, loadCandidates, writeReminders } from './store'

const pageSize = 500

/**
 * Queues a message for every plan that ends soon or has ended, once each. Who cannot be told now is
 * noted like the others and finds it on their account page. Safe to call twice and at the same time.
 */
export async function remind(_actor: Extract<Actor, { kind: 'system' }>): Promise<number> {
  const { reminderDays } = await loadSettings()
  const at = { now: await now(), graceHours: env().GRACE_HOURS, reminderDays }
  let queued = 0
  for (const slot of slotsAt(at)) {
    let from: Cursor | null = null
    for (;;) {
      const page = await loadCandidates(slot, from, pageSize)

      const due = page.filter((one) => isDue(one.held, one.others, slot, at))

      if (due.length > 0) queued += await writeReminders(slot, due.map(toReminder), at.now)
      const last = page.at(-1)
      if (!last || page.length < pageSize) break
      from = { expiresAt: endOf(last), id: last.id }
    }
  }
  if (queued > 0) log().info({ event: 'reminders_queued', count: queued })
  return queued
}

const toReminder = (one: Candidate) => ({
  userId: one.userId,
  planCode: one.held.planCode,
  endsAt: endOf(one),
  isTold: isToldTo(one),
})

/** Whether the bot writes to this person at all. */
export function isToldTo(one: Pick<Candidate, 'reachable' | 'isGone'>): boolean {
  return !one.isGone && one.reachable !== 'blocked' && one.reachable !== 'never_started'
}

/** Candidates are found by their end, so they have one. */
function endOf({ held }: Candidate): Date {
  return held.expiresAt ?? new Date(0)
}
