import { beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { makePerson } from '@/lib/testing/factories'
import { extendPlan } from './extend-plan'
import { grantPlan } from './grant-plan'
import { revokeGrant } from './revoke-grant'

const admin: AdminActor = {
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role: 'support',
  from: '127.0.0.1',
}
const viewer: AdminActor = { ...admin, role: 'viewer' }
const dayMs = 86_400_000
let ann: PersonActor

beforeEach(async () => {
  ann = makePerson()
  await ensureUser(ann, new Date())
})

const input = (days: number | null = 10, planCode = 'gold_1m') => ({
  id: newId(),
  telegramUserId: ann.telegramUserId,
  planCode,
  days,
  reason: 'a prize',
})
const held = async () => (await listEntitlements(ann, ann.telegramUserId)).entitlements
const lasts = async () => {
  const [one] = await held()
  return one?.expires_at
    ? Math.round((Date.parse(one.expires_at) - Date.parse(one.starts_at)) / dayMs)
    : null
}
const audited = () =>
  db().auditEntry.findMany({
    where: { subject: 'user', subjectId: String(ann.telegramUserId) },
    orderBy: { at: 'asc' },
  })

describe('a plan given by hand', () => {
  it('is had at once, for the days named, and stands in the audit log', async () => {
    const grant = input()
    expect(await grantPlan(admin, grant)).toBe('granted')
    expect(await held()).toMatchObject([{ plan_code: 'gold_1m', active: true, source: 'grant' }])
    expect(await lasts()).toBe(10)
    expect(await audited()).toMatchObject([
      { action: 'grant_plan', reason: 'a prize', actor: '1', from: '127.0.0.1' },
    ])
  })

  it('is given once by one form, however often it is sent at the same time', async () => {
    const grant = input()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => grantPlan(admin, grant)))
    expect(outcomes.filter((one) => one === 'granted')).toHaveLength(1)
    expect(await lasts()).toBe(10)
    expect(await audited()).toHaveLength(1)
  })

  it('is not changed by the same form with other contents', async () => {
    const grant = input()
    await grantPlan(admin, grant)
    await expect(grantPlan(admin, { ...grant, days: 99 })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await lasts()).toBe(10)
  })

  it('lasts for life without days, and nothing can be added to that', async () => {
    await grantPlan(admin, input(null))
    expect(await held()).toMatchObject([{ active: true, expires_at: null }])
    await expect(grantPlan(admin, input(5))).rejects.toMatchObject({ code: 'already_entitled' })
  })

  it('is extended at its end, and only while it runs', async () => {
    const more = { ...input(), days: 5 }
    await expect(extendPlan(admin, more)).rejects.toMatchObject({ code: 'conflict' })
    await grantPlan(admin, input(10))
    expect(await extendPlan(admin, more)).toBe('granted')
    expect(await extendPlan(admin, more)).toBe('already_granted')
    expect(await lasts()).toBe(15)
  })

  it('loses exactly what a revoked grant gave', async () => {
    const [first, second] = [input(10), input(7)]
    await grantPlan(admin, first)
    await grantPlan(admin, second)
    expect(await lasts()).toBe(17)
    expect(await revokeGrant(admin, first.id, 'a mistake')).toBe('revoked')
    expect(await revokeGrant(admin, first.id, 'a mistake')).toBe('already_revoked')
    expect(await lasts()).toBe(7)
    await revokeGrant(admin, second.id, 'a mistake')
    expect(await held()).toMatchObject([{ active: false, status: 'revoked' }])
    expect(await audited()).toHaveLength(4)
  })
})

describe('giving by hand', () => {
  it('refuses who may not, and what makes no sense, and changes nothing', async () => {
    const own = input()
    const refusals = [
      [() => grantPlan(viewer, own), 'forbidden'],
      [() => extendPlan(viewer, { ...own, days: 3 }), 'forbidden'],
      [() => revokeGrant(viewer, own.id, 'why'), 'forbidden'],
      [() => grantPlan(admin, { ...own, reason: ' ' }), 'invalid_request'],
      [() => grantPlan(admin, { ...own, planCode: 'no_such' }), 'unknown_plan'],
      [() => grantPlan(admin, { ...own, telegramUserId: 77 }), 'not_found'],
      [() => revokeGrant(admin, newId(), 'why'), 'not_found'],
      [() => revokeGrant(admin, newId(), ''), 'invalid_request'],
    ] as const
    for (const [act, code] of refusals) await expect(act()).rejects.toMatchObject({ code })
    expect(await held()).toEqual([])
    expect(await audited()).toEqual([])
    expect(await db().user.count({ where: { telegramUserId: 77 } })).toBe(0)
  })
})
