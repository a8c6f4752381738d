import { createServer } from 'node:http'
import { closeDb } from '@/lib/platform/db'
import { env, EnvError } from '@/lib/platform/env'
import { describeError, log } from '@/lib/platform/log'
import { metricsResponse } from '@/lib/platform/metrics-response'
import { runWorker } from './run-worker'

/** `npm run worker`: the worker alone, with its own metrics on METRICS_PORT. */
async function main(): Promise<void> {
  const settings = env()
  const worker = await runWorker()
  const metrics = settings.METRICS_TOKEN ? serveMetrics(settings.METRICS_PORT) : undefined
  const stop = async () => {
    metrics?.close()
    await worker.stop()
    await closeDb()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function serveMetrics(port: number) {
  const server = createServer(async (request, response) => {
    const answer =
      request.url === '/api/metrics' || request.url === '/metrics'
        ? await metricsResponse(request.headers.authorization)
        : { status: 404, body: 'not found\n', contentType: 'text/plain' }
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body)
  })
  server.on('error', (error) => {
    log().error({ event: 'metrics_port_failed', port, ...describeError(error) })
  })
  return server.listen(port)
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : describeError(error).message)
  process.exit(1)
})
