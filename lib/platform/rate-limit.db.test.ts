import { beforeAll, expect, it } from 'vitest'
import { startUpstash, type UpstashServer } from '@/lib/testing/redis'
import { env } from './env'
import { takeAttempt } from './rate-limit'

let upstash: UpstashServer

beforeAll(async () => {
  upstash = await startUpstash()
  env().UPSTASH_REDIS_REST_URL = upstash.url
  env().UPSTASH_REDIS_REST_TOKEN = upstash.token
})

it('counts in Redis, so that all processes count together', async () => {
  const verdicts = []
  for (let i = 0; i < 6; i++) verdicts.push(await takeAttempt('invoices', 'ann'))
  expect(verdicts.map((verdict) => verdict.allowed)).toEqual([true, true, true, true, true, false])
  expect(verdicts.at(-1)).toMatchObject({ retryAfterSeconds: expect.any(Number) })
})

it('falls back to its own count while Redis is away', async () => {
  await upstash.close()
  const allowed = []
  for (let i = 0; i < 6; i++) allowed.push((await takeAttempt('invoices', 'bob')).allowed)
  expect(allowed).toEqual([true, true, true, true, true, false])
})
