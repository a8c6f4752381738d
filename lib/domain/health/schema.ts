/** Work that waits or has failed. What it carries is not told: it may hold what people wrote. */
export type JobDto = {
  id: string
  task: string
  attempts: number
  attempts_max: number
  /** The first line of what went wrong last. */
  problem: string | null
  run_at: string
  created_at: string
}

/** How Telegram delivers to us, by its own words. */
export type WebhookDto = {
  /** Where it delivers to; empty for nobody. */
  url: string
  expected: string
  missing_updates: string[]
  /** Updates that wait at Telegram. */
  waiting: number
  last_problem: string | null
  last_problem_at: string | null
  /** `unsure`: deliveries failed a moment ago. */
  judged: Record<'url' | 'updates' | 'delivery', 'well' | 'unsure' | 'bad'>
}

/** What came from Telegram last, as far as we keep it. */
export type LastUpdateDto = { kind: string; received_at: string }

/** The queue at a glance. Dates are ISO 8601. */
export type QueueDto = {
  /** Could run now. */
  ready: number
  /** Planned for later, also tries after a failure. */
  later: number
  /** When the longest-waiting job could have run; null while none waits. */
  oldest_ready_at: string | null
  /** Somebody must look whether the worker runs. */
  is_stuck: boolean
  /** Jobs that nobody tries any more. */
  given_up: number
  /** Tried at least once without success, newest first. */
  failed: JobDto[]
}

/** One comparison with Telegram's list. */
export type RunDto = {
  id: string
  scope: string
  started_at: string
  finished_at: string | null
  seen: number
  repaired: number
  foreign: number
  problem: string | null
  state: 'running' | 'ended' | 'broken_off'
  /** Where in Telegram's list everything before is compared; null before the first page. */
  position: number | null
}

/** How comparisons stand at this moment. */
export type ComparingDto = {
  /** Somebody asked for one, and it waits for its turn. */
  is_queued: boolean
  /** The one at work, else the newest. */
  run: RunDto | null
  /** Open matters that its comparison noted; counted for an ended run. */
  findings: number
}

export type VersionsDto = {
  node: string
  postgresql: string
  migration: string
}
