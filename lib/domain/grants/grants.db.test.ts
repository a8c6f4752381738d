import { beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { ensureUser } from '@/lib/domain/users/ensure-user'
import type { AdminActor, PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
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

describe('beside a subscription that renews', () => {
  const subscribes = async (planCode: string, secondsFromNow = 0) => {
    const at = fromUnix(toUnix(new Date()) + secondsFromNow)
    const payload = signPayload({
      id: newId(),
      planCode,
      issuedAt: at,
      telegramUserId: ann.telegramUserId,
      currency: 'XTR',
      amount: 450,
    })
    const subscriptionExpiresAt = addDays(at, 30)
    const period = { isRecurring: true, isFirstRecurring: true, subscriptionExpiresAt }
    const charge = makeCharge({ payer: ann, payload, amount: 450, chargedAt: at, ...period })
    await recordCharge({ kind: 'telegram' }, charge)
    return payload
  }

  it('no days are given, for the next renewal would swallow them', async () => {
    await subscribes('gold_monthly')
    const before = await held()
    const days = [
      () => grantPlan(admin, input(7, 'gold_monthly')),
      () => grantPlan(admin, input(7, 'gold_1m')),
      () => extendPlan(admin, { ...input(7, 'gold_monthly'), days: 7 }),
    ]
    for (const give of days) await expect(give()).rejects.toMatchObject({ code: 'conflict' })
    expect(await held()).toEqual(before)
  })

  it('a plan for life ends the renewal of what it includes', async () => {
    const payload = await subscribes('gold_monthly')
    await grantPlan(admin, input(null, 'lifetime'))
    const { rowCount } = await pool().query('select from graphile_worker.jobs where key = $1', [
      `stop_subscription:${ann.telegramUserId}:${payload}`,
    ])
    expect(rowCount).toBe(1)
  })

  it('days given before it leave its renewal as it is', async () => {
    await grantPlan(admin, input(60, 'gold_monthly'))
    // Telegram's dates have no parts of a second.
    await subscribes('gold_monthly', 1)
    expect(await held()).toMatchObject([{ plan_code: 'gold_monthly', renews: true }])
    expect(await lasts()).toBe(60)
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
