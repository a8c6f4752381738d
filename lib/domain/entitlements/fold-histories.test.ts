import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '@/lib/kit/period'
import { modelEntitlements } from '@/lib/testing/entitlement-model'
import { checkFold, foldProperties } from '@/lib/testing/fold-properties'

const names = Object.keys(foldProperties) as (keyof typeof foldProperties)[]

describe('the fold of any history of payments, renewals, refunds, cancels and grants', () => {
  // Another one every time; it is printed, and with it a failure can be made again.
  const seed = randomInt(2 ** 31)
  beforeAll(() => process.stdout.write(`Seed of the histories: ${seed}\n`))

  it.each(names)('%s', (name) => {
    checkFold(name, { runs: 2000, seed })
  })
})

describe('the model it is compared with', () => {
  it('knows by itself that paid on day 0 and 25 ends on day 60, and on day 55 without the first', () => {
    const start = new Date('2026-01-01T00:00:00Z')
    const paid = (day: number) => ({
      chargeId: `stx${day}`,
      chargedAt: addDays(start, day),
      planCode: 'gold_1m',
      tier: 2,
      kind: 'one_off' as const,
      days: 30,
      subscriptionExpiresAt: null,
      renews: false,
      source: 'stars' as const,
    })
    expect(modelEntitlements([paid(0), paid(25)])).toMatchObject([
      { startsAt: start, expiresAt: addDays(start, 60) },
    ])
    expect(modelEntitlements([paid(25)])).toMatchObject([{ expiresAt: addDays(start, 55) }])
  })
})
