import { describe, expect, it } from 'vitest'
import { addDays, addSeconds } from '@/lib/kit/period'
import { type Held, isAlreadyEntitled, statusAt } from './standing'

const now = new Date('2026-11-23T12:00:00Z')
const held = (overrides: Partial<Held> = {}): Held => ({
  startsAt: addDays(now, -10),
  expiresAt: addDays(now, 20),
  renews: false,
  revokedAt: null,
  ...overrides,
})

describe('statusAt', () => {
  it.each([
    ['active', held()],
    ['active', held({ expiresAt: null })],
    ['active', held({ startsAt: now })],
    ['scheduled', held({ startsAt: addSeconds(now, 1) })],
    ['expired', held({ expiresAt: now })],
    ['grace', held({ expiresAt: now, renews: true })],
    ['grace', held({ expiresAt: addSeconds(now, 1 - 24 * 3600), renews: true })],
    ['expired', held({ expiresAt: addDays(now, -1), renews: true })],
    ['revoked', held({ revokedAt: now })],
  ] as const)('is %s', (status, one) => expect(statusAt(one, now, 24)).toBe(status))
})

describe('isAlreadyEntitled', () => {
  const at = { now, graceHours: 24, renewalWindowDays: 7 }
  const gold = { family: 'premium', tier: 2 }
  const has = (overrides: Partial<Held & { family: string; tier: number }>, plan = gold) =>
    isAlreadyEntitled([{ ...held(), ...gold, ...overrides }], plan, at)

  it.each([
    ['the same tier that ends after the window', true, {}],
    ['the same tier that ends within the window', false, { expiresAt: addDays(now, 7) }],
    ['one second past the window', true, { expiresAt: addSeconds(addDays(now, 7), 1) }],
    ['one that renews by itself', true, { expiresAt: addDays(now, 1), renews: true }],
    ['one in grace', true, { expiresAt: addSeconds(now, -60), renews: true }],
    ['a lifetime', true, { expiresAt: null }],
    ['a higher tier', true, { tier: 3 }],
    ['a lower tier', false, { tier: 1 }],
    ['another family', false, { family: 'coaching' }],
    ['one that has not begun', false, { startsAt: addDays(now, 1) }],
    ['one that was revoked', false, { revokedAt: now }],
    ['one that ended', false, { expiresAt: addDays(now, -2) }],
  ])('%s: %s', (_, expected, overrides) => expect(has(overrides)).toBe(expected))

  it('says no to nothing', () => expect(isAlreadyEntitled([], gold, at)).toBe(false))
})
