import { describe, expect, it } from 'vitest'
import { addSeconds } from '@/lib/kit/period'
import { isStuck, judgeWebhook } from './rules'

const now = new Date('2026-06-15T12:00:00Z')
const ours = 'https://plans.test/api/v1/telegram/webhook'
const webhook = { url: ours, missingUpdates: [], waiting: 0, lastProblemAt: null }
const failed = (secondsAgo: number, waiting: number) => ({
  ...webhook,
  waiting,
  lastProblemAt: addSeconds(now, -secondsAgo),
})

describe('the webhook', () => {
  it('is well when Telegram delivers everything to us and nothing failed', () => {
    const well = { url: 'well', updates: 'well', delivery: 'well' }
    expect(judgeWebhook(webhook, ours, now)).toEqual(well)
    expect(judgeWebhook(failed(901, 9), ours, now)).toEqual(well)
  })

  it('is bad for another address, for none, and for types that would not arrive', () => {
    expect(judgeWebhook({ ...webhook, url: '' }, ours, now).url).toBe('bad')
    expect(judgeWebhook({ ...webhook, url: `${ours}/` }, ours, now).url).toBe('bad')
    const missing = { ...webhook, missingUpdates: ['subscription'] }
    expect(judgeWebhook(missing, ours, now).updates).toBe('bad')
  })

  it.each([
    [10, 1, 'bad'],
    [600, 1, 'bad'],
    [601, 1, 'unsure'],
    [10, 0, 'unsure'],
    [900, 0, 'unsure'],
    [901, 0, 'well'],
  ])('that failed %i s ago with %i updates waiting is %s', (secondsAgo, waiting, judgement) => {
    expect(judgeWebhook(failed(secondsAgo, waiting), ours, now).delivery).toBe(judgement)
  })
})

describe('the queue', () => {
  it.each([
    ['ordinary', 600, false],
    ['ordinary', 601, true],
    ['bulk', 601, false],
    ['bulk', 6 * 3600 + 1, true],
  ] as const)('%s that waits for %i s is stuck: %s', (queue, seconds, expected) => {
    expect(isStuck(queue, { since: now, seconds })).toBe(expected)
    expect(isStuck(queue, null)).toBe(false)
  })
})
