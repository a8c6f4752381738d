import { createServer, type Server } from 'node:http'
import { EnvError, env } from '@/lib/platform/env'
import { describeError, log } from '@/lib/platform/log'
import { metricsResponse } from '@/lib/platform/metrics-response'
import { closePool } from '@/lib/platform/pool'
import { keepWorkerRunning } from './keep-running'

/** `npm run worker`: the worker alone, with its own metrics on METRICS_PORT. */
function main(): void {
  const settings = env()
  const worker = keepWorkerRunning()
  const metrics = settings.METRICS_TOKEN ? serveMetrics(settings.METRICS_PORT) : undefined
  const stop = async () => {
    metrics?.close()
    await worker.stop()
    await closePool()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function serveMetrics(port: number): Server {
  const server = createServer(async (request, response) => {
    const isMetrics = request.url === '/api/metrics' || request.url === '/metrics'
    const answer = isMetrics
      ? await metricsResponse(request.headers.authorization)
      : { status: 404, body: 'not found\n', contentType: 'text/plain' }
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
  })
  server.on('error', (error) => {
    log().error({ event: 'metrics_port_failed', port, ...describeError(error) })
  })
  return server.listen(port)
}

try {
  main()
} catch (error) {
  console.error(error instanceof EnvError ? error.message : describeError(error).message)
  process.exit(1)
}
