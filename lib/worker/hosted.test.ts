import { afterEach, describe, expect, it, vi } from 'vitest'
import { startHostedWorker } from './hosted'

const world = vi.hoisted(() => ({
  settings: { WORKER: 'on' },
  stop: vi.fn(),
  keepWorkerRunning: vi.fn(),
}))
vi.mock('@/lib/platform/env', () => ({ env: () => world.settings }))
vi.mock('./keep-running', () => ({ keepWorkerRunning: world.keepWorkerRunning }))

const signals = ['SIGTERM', 'SIGINT'] as const
const before = signals.map((signal) => process.listeners(signal))

afterEach(() => {
  for (const [index, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[index]?.includes(listener)) process.removeListener(signal, listener)
    }
  }
})

const ours = () =>
  signals.map((signal, index) =>
    process.listeners(signal).filter((listener) => !before[index]?.includes(listener)),
  )

describe('the worker inside the web server', () => {
  it('does not run where there is one of its own', () => {
    world.settings.WORKER = 'off'
    startHostedWorker()
    expect(world.keepWorkerRunning).not.toHaveBeenCalled()
    expect(ours()).toEqual([[], []])
  })

  it('runs once per process, and lets its jobs end at either signal', () => {
    world.settings.WORKER = 'on'
    world.keepWorkerRunning.mockReturnValue({ stop: world.stop })
    startHostedWorker()
    startHostedWorker()
    expect(world.keepWorkerRunning).toHaveBeenCalledTimes(1)
    for (const [index, signal] of signals.entries()) ours()[index]?.at(0)?.(signal)
    expect(world.stop).toHaveBeenCalledTimes(2)
  })
})
