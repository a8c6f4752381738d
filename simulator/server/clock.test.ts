import { describe, expect, it } from 'vitest'
import { Clock } from './clock'
import { startSimulator } from './start'

describe('the clock', () => {
  it('runs what falls due in order, each at its own time', async () => {
    const clock = new Clock(new Date('2030-01-01T00:00:00Z'))
    const ran: string[] = []
    const start = clock.now()
    const note = (name: string) => () =>
      ran.push(`${name}@${Math.round((clock.now() - start) / 1000)}`)
    for (const seconds of [50, 10, 40, 20, 30, 10]) clock.after(seconds * 1000, note(`t${seconds}`))
    clock.after(15_000, note('never')).cancel()
    clock.after(25_000, () => clock.after(10_000, note('nested')))
    await clock.advance(45_000)
    expect(ran).toEqual(['t10@10', 't10@10', 't20@20', 't30@30', 'nested@35', 't40@40'])
    await clock.advance(10_000)
    expect(ran.at(-1)).toBe('t50@50')
    expect(clock.offsetSeconds).toBeCloseTo((start - Date.now()) / 1000 + 55, 0)
    clock.close()
  })

  it('runs in real time as well', async () => {
    const clock = new Clock()
    await new Promise<void>((resolve) => clock.after(5, resolve))
    clock.close()
  })
})

describe('the start', () => {
  it('says so when the port is taken', async () => {
    const first = await startSimulator({ client: false })
    const second = startSimulator({ client: false, port: first.port })
    await expect(second).rejects.toThrow(`Port ${first.port} is taken by another program.`)
    await first.close()
  })

  it('serves the browser client from its own origin', async () => {
    const simulator = await startSimulator()
    const page = await fetch(`${simulator.url}/`)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; frame-src/)
    expect(page.status).toBe(200)
    await simulator.close()
  })
})
