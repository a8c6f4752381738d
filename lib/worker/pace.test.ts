import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePace, type Pace } from './pace'

/** A Bot API that notes when it was called, and a clock that only moves when somebody sleeps. */
function makeWorld() {
  let nowMs = 5000
  const calls: { chatId: number; at: number }[] = []
  const clock = {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    },
  }
  return {
    calls,
    nowMs: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms
    },
    newPace: () => makePace(clock),
    /** Calls the Bot API, which takes its time to answer. */
    send:
      (chatId: number, latencyMs: number, answer: object = { kind: 'sent' }) =>
      async () => {
        calls.push({ chatId, at: nowMs })
        nowMs += latencyMs
        return { kind: 'sent', ...answer }
      },
  }
}

/** The most calls that fall into any one second. */
function mostInASecond(times: number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
  )
}

describe('the pace of messages', () => {
  it('sends at most 25 bulk messages in any second, whichever worker has the queue', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ worker: fc.nat(2), latencyMs: fc.nat(120), gapMs: fc.nat(30) }), {
          minLength: 60,
          maxLength: 200,
        }),
        async (jobs) => {
          const world = makeWorld()
          const workers: Pace[] = [world.newPace(), world.newPace(), world.newPace()]
          for (const [index, { worker, latencyMs, gapMs }] of jobs.entries()) {
            await workers[worker]?.bulk(index, world.send(index, latencyMs))
            world.pass(gapMs)
          }
          expect(world.calls).toHaveLength(jobs.length)
          expect(mostInASecond(world.calls.map((call) => call.at))).toBeLessThanOrEqual(25)
        },
      ),
    )
  })

  it('wastes none of the 25 when Telegram answers quickly', async () => {
    const world = makeWorld()
    const pace = world.newPace()
    for (let chat = 0; chat < 200; chat++) await pace.bulk(chat, world.send(chat, 20))
    expect(mostInASecond(world.calls.map((call) => call.at))).toBeGreaterThanOrEqual(23)
  })

  it('writes to one chat at most once a second, whoever writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            chatId: fc.nat(3),
            how: fc.constantFrom('single' as const, 'bulk' as const),
            latencyMs: fc.nat(300),
          }),
          { maxLength: 60 },
        ),
        async (messages) => {
          const world = makeWorld()
          const pace = world.newPace()
          for (const { chatId, how, latencyMs } of messages) {
            for (;;) {
              const paced = await pace[how](chatId, world.send(chatId, latencyMs))
              if ('sent' in paced) break
              expect(paced.laterSeconds).toBeGreaterThan(0)
              world.pass(paced.laterSeconds * 1000)
            }
          }
          expect(world.calls).toHaveLength(messages.length)
          for (const chatId of [0, 1, 2, 3]) {
            const times = world.calls.filter((call) => call.chatId === chatId).map(({ at }) => at)
            for (const [index, at] of times.entries()) {
              expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(1000)
            }
          }
        },
      ),
    )
  })

  it('does not let a receipt wait for the bulk', async () => {
    const world = makeWorld()
    const pace = world.newPace()
    await pace.bulk(1, world.send(1, 0))
    const before = world.nowMs()
    for (let chat = 10; chat < 40; chat++) await pace.single(chat, world.send(chat, 0))
    expect(world.nowMs()).toBe(before)
  })

  it('gives a worker back when a chat has many messages in front', async () => {
    const world = makeWorld()
    const frozen = makePace({ nowMs: () => 0, sleep: () => new Promise(() => {}) })
    void frozen.single(7, world.send(7, 0))
    void frozen.single(7, world.send(7, 0))
    void frozen.single(7, world.send(7, 0))
    expect(await frozen.single(7, world.send(7, 0))).toEqual({ laterSeconds: 3 })
  })

  it('keeps the queue closed for as long as Telegram asked', async () => {
    const world = makeWorld()
    const before = world.nowMs()
    await world.newPace().holdQueue(37)
    expect(world.nowMs() - before).toBe(37_000)
  })

  it('opens the queue when the worker has to stop', async () => {
    const stopping = new AbortController()
    let naps = 0
    const pace = makePace({
      nowMs: () => 0,
      sleep: async () => {
        naps += 1
        stopping.abort()
      },
    })
    await pace.holdQueue(3600, stopping.signal)
    expect(naps).toBe(1)
  })
})
