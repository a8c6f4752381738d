import { Logger, run, runOnce, type Task, type TaskList } from 'graphile-worker'
import { jobAttemptsMax } from '@/lib/platform/jobs'
import { log } from '@/lib/platform/log'
import { pool } from '@/lib/platform/pool'
import { trackWorkers } from './abandoned-jobs'
import { cronTasks, crontab } from './cron'
import { tasks } from './tasks'

export type RunningWorker = {
  /** Ends when the worker was stopped; fails when it gave up on the database. */
  ended: Promise<void>
  /** Lets running jobs end and hands the rest back. */
  stop: () => Promise<void>
}

/** Starts one worker. Throws when the database is not there or not migrated. */
export async function runWorker(): Promise<RunningWorker> {
  const tracking = await trackWorkers()
  try {
    const runner = await run({
      pgPool: pool(),
      taskList: taskList(),
      crontab,
      concurrency: 4,
      pollInterval: 2000,
      // The process that hosts us decides about signals.
      noHandleSignals: true,
      events: tracking.events,
      logger,
    })
    return {
      ended: runner.promise.finally(tracking.stop),
      stop: () => runner.stop().catch(() => {}),
    }
  } catch (error) {
    await tracking.stop()
    throw error
  }
}

/** Does what is due now and returns. */
export async function runWorkerUntilEmpty(): Promise<void> {
  await runOnce({ pgPool: pool(), taskList: taskList(), noHandleSignals: true, logger })
}

function taskList(): TaskList {
  const list: TaskList = { ...cronTasks }
  for (const [name, handle] of Object.entries(tasks)) list[name] = rerunning(handle)
  return list
}

/** Telegram asked to wait: the same job again, later, without losing an attempt. */
function rerunning(handle: (typeof tasks)[keyof typeof tasks]): Task {
  return async (payload, { job, addJob }) => {
    const rerun = await handle(payload)
    if (!rerun) return
    await addJob(job.task_identifier, payload, {
      jobKey: job.key ?? `job:${job.id}`,
      runAt: new Date(Date.now() + rerun.afterSeconds * 1000),
      maxAttempts: jobAttemptsMax,
    })
  }
}

const logger = new Logger((scope) => (level, message) => {
  const line = { event: 'worker', task: scope.taskIdentifier, jobId: scope.jobId, message }
  if (level === 'error') log().error(line)
  else if (level === 'warning') log().warn(line)
  else log().debug(line)
})
