import { randomInt } from 'node:crypto'
import { expect, it } from 'vitest'
import { env } from '@/lib/platform/env'
import { runMoneyHistories } from '@/lib/testing/money-run'

it('keeps every invariant while several processes deliver random histories in random order', async () => {
  const seed = randomInt(2 ** 31)
  const run = await runMoneyHistories({
    databaseUrl: env().DATABASE_URL,
    seed,
    people: 16,
    roundSize: 20,
    workers: 2,
  })
  expect({ seed, problems: run.problems }).toEqual({ seed, problems: [] })
  expect(run.checks).toBeGreaterThan(1)
  expect(run.comparisons).toBeGreaterThan(0)
}, 120_000)
