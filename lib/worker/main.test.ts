import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const world = vi.hoisted(() => ({
  settings: { METRICS_TOKEN: 'token' as string | undefined, METRICS_PORT: 9464 },
  stopWorker: vi.fn(),
  closePool: vi.fn(),
  createServer: vi.fn(),
  metrics: { on: vi.fn(), listen: vi.fn(), close: vi.fn() },
}))
vi.mock('node:http', () => ({ createServer: world.createServer }))
vi.mock('./keep-running', () => ({ keepWorkerRunning: () => ({ stop: world.stopWorker }) }))
vi.mock('@/lib/platform/pool', () => ({ closePool: world.closePool }))
vi.mock('@/lib/platform/env', () => ({ env: () => world.settings, EnvError: class {} }))
vi.mock('@/lib/platform/metrics-response', () => ({
  metricsResponse: async (authorization: string | undefined) =>
    authorization === 'Bearer token'
      ? { status: 200, body: 'metrics', contentType: 'text/plain' }
      : { status: 401, body: 'unauthorized\n', contentType: 'text/plain' },
}))

const signals = new Map<string | symbol, () => Promise<void>>()

beforeEach(() => {
  vi.resetModules()
  world.createServer.mockReset().mockReturnValue(world.metrics)
  world.metrics.listen.mockReturnValue(world.metrics)
  vi.spyOn(process, 'once').mockImplementation((name, listener) => {
    signals.set(name, listener as () => Promise<void>)
    return process
  })
})
afterEach(() => {
  world.settings.METRICS_TOKEN = 'token'
  signals.clear()
  vi.restoreAllMocks()
})

async function ask(url: string, authorization?: string) {
  const handler = world.createServer.mock.calls[0]?.[0] as (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>
  const answer = { status: 0, body: '' }
  const response = {
    writeHead(status: number) {
      answer.status = status
      return response
    },
    end(body: string) {
      answer.body = body
    },
  }
  await handler(
    { url, headers: { authorization } } as IncomingMessage,
    response as unknown as ServerResponse,
  )
  return answer
}

it('serves its metrics to who has the token, and nothing else', async () => {
  await import('./main')
  expect(world.metrics.listen).toHaveBeenCalledWith(9464)
  expect(await ask('/metrics', 'Bearer token')).toEqual({ status: 200, body: 'metrics' })
  expect(await ask('/api/metrics')).toMatchObject({ status: 401 })
  expect(await ask('/', 'Bearer token')).toMatchObject({ status: 404 })
})

it('opens no port without a token', async () => {
  world.settings.METRICS_TOKEN = undefined
  await import('./main')
  expect(world.createServer).not.toHaveBeenCalled()
})

it('lets its jobs end before it lets go of the database and leaves', async () => {
  const order: string[] = []
  world.stopWorker.mockImplementation(async () => void order.push('worker'))
  world.closePool.mockImplementation(async () => void order.push('pool'))
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    order.push(`exit ${code}`)
    // The real one does not come back either.
    return undefined as never
  })
  await import('./main')
  await signals.get('SIGTERM')?.()
  expect(order).toEqual(['worker', 'pool', 'exit 0'])
  expect([...signals.keys()].sort()).toEqual(['SIGINT', 'SIGTERM'])
})
