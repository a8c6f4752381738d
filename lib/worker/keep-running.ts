import { setTimeout as sleep } from 'node:timers/promises'
import { describeError, log } from '@/lib/platform/log'
import { type RunningWorker, runWorker } from './run-worker'

const retryMs = 3000

/**
 * Keeps a worker running until stopped. A database that is not there yet, or goes away, is waited
 * for: jobs are rows and lose nothing.
 */
export function keepWorkerRunning(): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  let current: RunningWorker | undefined

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        current = await runWorker()
        log().info({ event: 'worker_started' })
        // Stopped while it was starting: nobody else could have told it.
        if (stopping.signal.aborted) await current.stop()
        await current.ended
        if (!stopping.signal.aborted) throw new Error('the worker ended unasked')
      } catch (error) {
        log().error({ event: 'worker_failed', ...describeError(error) })
        await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => {})
      }
      current = undefined
    }
    log().info({ event: 'worker_stopped' })
  }

  const finished = loop()
  return {
    stop: async () => {
      stopping.abort()
      await current?.stop()
      await finished
    },
  }
}
