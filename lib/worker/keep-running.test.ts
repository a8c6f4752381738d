import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepWorkerRunning } from './keep-running'
import type { RunningWorker } from './run-worker'

const world = vi.hoisted(() => ({ runWorker: vi.fn(), pause: vi.fn() }))
vi.mock('./run-worker', () => ({ runWorker: world.runWorker }))
vi.mock('node:timers/promises', () => ({ setTimeout: world.pause }))

/** A worker that runs until it is stopped, or until its database goes away. */
function makeWorker() {
  const life = Promise.withResolvers<void>()
  const stop = vi.fn(async () => life.resolve())
  const worker: RunningWorker = { ended: life.promise, stop }
  return { worker, stop, losesDatabase: () => life.reject(new Error('connection lost')), life }
}

beforeEach(() => {
  // The pause before another attempt is over at once.
  world.pause.mockResolvedValue(undefined)
})

afterEach(() => {
  world.runWorker.mockReset()
  world.pause.mockReset()
})

describe('a worker that is kept running', () => {
  it('starts as soon as the database is there, however often it was not', async () => {
    const { worker, stop } = makeWorker()
    world.runWorker.mockRejectedValueOnce(new Error('refused'))
    world.runWorker.mockRejectedValueOnce(new Error('not migrated'))
    world.runWorker.mockResolvedValueOnce(worker)
    const kept = keepWorkerRunning()
    await vi.waitFor(() => expect(world.runWorker).toHaveBeenCalledTimes(3))
    await kept.stop()
    expect(world.pause).toHaveBeenCalledTimes(2)
    expect(stop).toHaveBeenCalled()
  })

  it('starts anew when it loses the database, and when it ends unasked', async () => {
    const first = makeWorker()
    const second = makeWorker()
    const third = makeWorker()
    for (const one of [first, second, third]) world.runWorker.mockResolvedValueOnce(one.worker)
    const kept = keepWorkerRunning()
    first.losesDatabase()
    await vi.waitFor(() => expect(world.runWorker).toHaveBeenCalledTimes(2))
    second.life.resolve()
    await vi.waitFor(() => expect(world.runWorker).toHaveBeenCalledTimes(3))
    await kept.stop()
    expect(third.stop).toHaveBeenCalled()
    expect(world.runWorker).toHaveBeenCalledTimes(3)
  })

  it('stops what is starting while it is told to stop', async () => {
    const { worker, stop } = makeWorker()
    const start = Promise.withResolvers<RunningWorker>()
    world.runWorker.mockReturnValueOnce(start.promise)
    const kept = keepWorkerRunning()
    const stopped = kept.stop()
    start.resolve(worker)
    await stopped
    expect(stop).toHaveBeenCalled()
    expect(world.runWorker).toHaveBeenCalledTimes(1)
  })

  it('does not wait for the database once it is told to stop', async () => {
    world.runWorker.mockRejectedValue(new Error('refused'))
    world.pause.mockImplementation(
      (_ms: number, _value: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    const kept = keepWorkerRunning()
    await vi.waitFor(() => expect(world.pause).toHaveBeenCalled())
    await kept.stop()
    expect(world.runWorker).toHaveBeenCalledTimes(1)
  })
})
