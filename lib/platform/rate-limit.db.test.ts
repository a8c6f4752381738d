import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUpstash, type UpstashServer } from '@/lib/testing/redis'
import { applyTestEnv } from '@/lib/testing/test-env'
import { hasSharedLimits, takeAttempt, takeLocally } from './rate-limit'

let upstash: UpstashServer

beforeAll(async () => {
  upstash = await startUpstash()
  applyTestEnv({ UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token })
})

afterAll(async () => {
  await upstash?.close()
})

describe('limits that all processes count together', () => {
  it('lets five attempts through and refuses the sixth with the time to wait', async () => {
    expect(hasSharedLimits()).toBe(true)
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await takeAttempt('invoices', 'ann')).toEqual({ allowed: true })
    }
    const sixth = await takeAttempt('invoices', 'ann')
    expect(sixth.allowed).toBe(false)
    if (!sixth.allowed) expect(sixth.retryAfterSeconds).toBeGreaterThan(0)
    expect(await takeAttempt('invoices', 'ben')).toEqual({ allowed: true })
  })

  it('counts in Redis, not in this process', async () => {
    for (let attempt = 1; attempt <= 5; attempt++) await takeAttempt('invoices', 'olga')
    expect(takeLocally('invoices', 'olga', Date.now())).toEqual({ allowed: true })
    expect((await takeAttempt('invoices', 'olga')).allowed).toBe(false)
  })

  it('falls back to counting in the process when Redis is gone', async () => {
    await upstash.close()
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await takeAttempt('invoices', 'late')).toEqual({ allowed: true })
    }
    expect((await takeAttempt('invoices', 'late')).allowed).toBe(false)
    upstash = await startUpstash()
  })
})
