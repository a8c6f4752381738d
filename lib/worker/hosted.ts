import { env } from '@/lib/platform/env'
import { single } from '@/lib/platform/global'
import { keepWorkerRunning } from './keep-running'

/** The worker inside the web server's process, unless `WORKER=off`. */
export function startHostedWorker(): void {
  if (env().WORKER === 'off') return
  const worker = single('worker', keepWorkerRunning)
  const stop = () => void worker.stop()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
