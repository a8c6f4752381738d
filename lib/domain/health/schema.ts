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

/** The queue at a glance. Dates are ISO 8601. */
export type QueueDto = {
  /** Could run now. */
  ready: number
  /** Planned for later, also tries after a failure. */
  later: number
  /** When the longest-waiting job could have run; null while none waits. */
  oldest_ready_at: string | null
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
}

export type VersionsDto = {
  node: string
  postgresql: string
  migration: string
}
