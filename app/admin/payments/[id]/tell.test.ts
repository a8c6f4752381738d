import { describe, expect, it } from 'vitest'
import type { StoryEvent } from '@/lib/domain/ledger/story'
import { refusedReason, reviewReason } from '@/lib/domain/payments/schema'
import { type Part, paymentWords } from '@/lib/messages/admin-payment'
import { jobs } from '@/lib/platform/jobs'
import { tell, tellChanges } from './tell'

const at = '2026-03-01T10:00:00.000Z'
const later = '2026-04-01T10:00:00.000Z'
const textOf = (parts: readonly Part[]) =>
  parts.map((part) => (typeof part === 'string' ? part : 'at' in part ? part.at : part.to)).join('')
const said = (event: StoryEvent) => textOf(tell(event, 7))

describe('a sentence of the story', () => {
  it('says every reason in words and never as a code', () => {
    for (const refused of refusedReason.options) {
      const text = said({ kind: 'question', at, id: 'x', isOwn: true, refused })
      expect(text).not.toMatch(/_/)
      expect(text).toMatch(/Nothing was charged\.$/)
    }
    for (const reason of reviewReason.options) {
      expect(said({ kind: 'review', at, reason })).not.toMatch(/_/)
    }
  })

  it('names the admin who acted, why and from where, and links to them', () => {
    const event = { kind: 'audit', at, action: 'request_refund', by: '42', reason: 'a mistake' }
    const parts = tell({ ...event, kind: 'audit', from: '127.0.0.1' }, 7)
    expect(textOf(parts)).toBe('Admin 42 asked for a refund: “a mistake”. (from 127.0.0.1)')
    expect(parts).toContainEqual({ link: '/admin/users/42', to: 'Admin 42' })
    expect(said({ ...event, kind: 'audit', by: 'system', from: null, reason: null })).toBe(
      'The system asked for a refund.',
    )
  })

  it('names every job that may wait for a payment', () => {
    const others = /^send_|_reminder$|renewal_failed$/
    for (const task of Object.keys(jobs).filter((name) => !others.test(name))) {
      expect(paymentWords.jobs.name(task)).not.toBe(task.replaceAll('_', ' '))
    }
  })

  it('names another payer of the same invoice, and not the same one', () => {
    const other = {
      kind: 'other_charge',
      at,
      id: 'p2',
      status: 'review',
      period: 'one_off',
      amount: 5,
      currency: 'XTR',
    } as const
    expect(said({ ...other, telegramUserId: 8 })).toMatch(/Paid by 8\.$/)
    expect(said({ ...other, telegramUserId: 7 })).not.toMatch(/Paid by/)
  })
})

describe('what a refund changes', () => {
  const access = (expiresAt: string | null, overrides = {}) => ({
    expiresAt,
    renews: false,
    isActive: true,
    ...overrides,
  })
  const change = (before: ReturnType<typeof access> | null, after: typeof before) => {
    const changes = [{ planCode: 'gold', planName: 'Gold', before, after }]
    return tellChanges({ how: 'request', changes, endsRenewal: false }).map(textOf).join()
  }

  it('is said for each way in which an end can move', () => {
    expect(change(access(later), null)).toBe('Gold: all of it ends at once.')
    expect(change(access(later), access(at))).toBe(`Gold: now until ${later}, then until ${at}.`)
    expect(change(access(null), access(at))).toBe(`Gold: now for life, then until ${at}.`)
    expect(change(access(later), access(at, { isActive: false }))).toMatch(/access ends at once\.$/)
    expect(change(null, access(later))).toMatch(/which another charge gives\.$/)
    expect(change(access(later, { renews: true }), access(later))).toMatch(/renews no more\.$/)
  })
})
