import { EventEmitter } from 'node:events'
import {
  type Job,
  Logger,
  type RunnerOptions,
  run,
  runOnce,
  type Task,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import { jobAttemptsMax } from '@/lib/platform/jobs'
import { describeError, log, withLogContext } from '@/lib/platform/log'
import { pool } from '@/lib/platform/pool'
import { trackWorkers } from './abandoned-jobs'
import { cronTasks, crontab } from './cron'
import { pace } from './pace'
import { type Handle, tasks } from './tasks'
import { reportGivenUp, wakeForQueues } from './watch-jobs'

export type RunningWorker = {
  /** Ends when the worker was stopped, or gave up on the database. */
  ended: Promise<void>
  /** Lets running jobs end and hands the rest back. */
  stop: () => Promise<void>
}

/** Starts one worker. Throws when the database is not there or not migrated. */
export async function runWorker(): Promise<RunningWorker> {
  const events: WorkerEvents = new EventEmitter()
  reportGivenUp(events)
  wakeForQueues(events)
  const tracking = await trackWorkers(events)
  try {
    const runner = await run({
      ...common(events),
      crontab,
      // One of them may wait for Telegram while the bulk queue is paused.
      concurrency: 5,
      pollInterval: 2000,
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
  const events: WorkerEvents = new EventEmitter()
  reportGivenUp(events)
  await runOnce(common(events))
}

function common(events: WorkerEvents) {
  return {
    pgPool: pool(),
    taskList: taskList(),
    events,
    logger,
    // The process that hosts us decides about signals.
    noHandleSignals: true,
    // A job whose end cannot be written down stops this worker, which gives its locks back. Without
    // a delay, even of nothing, the job and its queue would stay locked for hours.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  } satisfies RunnerOptions
}

function taskList(): TaskList {
  const list: TaskList = {}
  for (const [name, task] of Object.entries(cronTasks)) if (task) list[name] = clocked(task)
  for (const [name, handle] of Object.entries(tasks)) list[name] = rerunning(handle)
  return list
}

/**
 * Does a job with a log context of its own, to which the handler adds what the job is about. The
 * queue keeps the text of a failure in its table, so it gets one without secrets.
 */
function logging<T>(work: () => T | PromiseLike<T>, job: Job): Promise<T> {
  return withLogContext({}, async () => {
    try {
      return await work()
    } catch (error) {
      const { task_identifier: task, id: jobId, attempts } = job
      const outcome = attempts < job.max_attempts ? 'retry' : 'failed'
      const about = describeError(error)
      log().error({ event: 'job_failed', outcome, task, jobId, attempts, ...about })
      throw new Error(about.message)
    }
  })
}

function clocked(task: Task): Task {
  return (payload, helpers) => logging(() => task(payload, helpers), helpers.job)
}

/** Telegram asked to wait: the same job again, later, without losing an attempt. */
function rerunning(handle: Handle): Task {
  return async (payload, { job, addJob, getQueueName, abortSignal }) => {
    const rerun = await logging(() => handle(payload, job.id), job)
    if (!rerun) return
    const queueName = await getQueueName()
    await addJob(job.task_identifier, payload, {
      jobKey: job.key ?? `job:${job.id}`,
      runAt: new Date(Date.now() + rerun.afterSeconds * 1000),
      maxAttempts: jobAttemptsMax,
      priority: job.priority,
      ...(queueName ? { queueName } : {}),
    })
    // This job's own lock keeps its queue closed for all workers.
    if (rerun.holdsQueue) await pace().holdQueue(rerun.afterSeconds, abortSignal)
  }
}

const logger = new Logger((scope) => (level, message, meta) => {
  // Told by `logging` already, with what the job is about.
  if (meta?.failure) return
  const line = {
    event: 'worker',
    task: scope.taskIdentifier,
    jobId: scope.jobId,
    message: describeError(message).message,
  }
  if (level === 'error') log().error(line)
  else if (level === 'warning') log().warn(line)
  else log().debug(line)
})
