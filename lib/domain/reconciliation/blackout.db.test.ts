import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { env } from '@/lib/platform/env'
import { isRestored, runBlackout } from '@/lib/testing/blackout'

it('restores 1,000 charges and refunds of a day nobody told us about, exactly once', async () => {
  const seed = randomInt(2 ** 31)
  const blackout = await runBlackout({ databaseUrl: env().DATABASE_URL, seed, size: 1000 })
  expect(blackout.charges + blackout.refunds).toBe(1000)
  expect({ seed, ...blackout, isRestored: isRestored(blackout) }).toMatchObject({
    problems: [],
    repaired: 1000,
    repairedAgain: 0,
    isRestored: true,
  })
}, 120_000)
