import type { WorkerEvents, WorkerPool } from 'graphile-worker'
import { log } from '@/lib/platform/log'

/** Says once which job nobody tries any more. Its payload may hold what a person wrote, and stays out. */
export function reportGivenUp(events: WorkerEvents): void {
  events.on('job:failed', ({ job }) => {
    log().error({
      event: 'job_given_up',
      task: job.task_identifier,
      jobId: job.id,
      attempts: job.attempts,
    })
  })
}

const wakeAfterMs = [10, 60, 250]

/**
 * A worker looks for its next job while the end of its last one is still being written, finds that
 * job's queue closed and would only look again at the next poll. So it is woken a moment later.
 */
export function wakeForQueues(events: WorkerEvents): void {
  let workerPool: WorkerPool | undefined
  events.on('pool:create', (created) => {
    workerPool = created.workerPool
  })
  const stopWaking = () => {
    workerPool = undefined
  }
  events.on('pool:gracefulShutdown', stopWaking)
  events.on('pool:forcefulShutdown', stopWaking)
  events.on('job:complete', ({ job }) => {
    if (job.job_queue_id === null) return
    for (const ms of wakeAfterMs) setTimeout(() => workerPool?.nudge(1), ms).unref()
  })
}
