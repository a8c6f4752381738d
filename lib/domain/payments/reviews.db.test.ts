import { beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import type { Charge } from './charge'
import { listReviews } from './queries'
import { recordCharge } from './record-charge'
import { honourPayment, leavePayment, replayPayment } from './settle-review'

const system = { kind: 'system' } as const
const telegram = { kind: 'telegram' } as const
const at = fromUnix(toUnix(addDays(new Date(), -1)))
let ann: PersonActor

beforeEach(async () => {
  ann = makePerson()
  await pool().query('delete from graphile_worker._private_jobs')
})

const payloadFor = (planCode: string) =>
  signPayload({
    id: newId(),
    planCode,
    issuedAt: at,
    telegramUserId: ann.telegramUserId,
    currency: 'XTR',
    amount: 500,
  })

async function arrives(overrides: Partial<Charge>): Promise<string> {
  const charge = makeCharge({ payer: ann, chargedAt: at, ...overrides })
  const raw = { updateId: Math.floor(Math.random() * 1e9), kind: 'message', body: {} }
  expect(await recordCharge(telegram, charge, raw)).toBe('review')
  const { id } = await db().paymentEvent.findFirstOrThrow({ where: { chargeId: charge.chargeId } })
  return id
}

const held = async () => (await listEntitlements(ann, ann.telegramUserId)).entitlements
const isListed = async (id: string) => (await listReviews(system)).some((one) => one.id === id)
const messages = async (id: string) =>
  (
    await pool().query('select from graphile_worker.jobs where key = $1', [
      `tell_buyer:${id}:settled`,
    ])
  ).rowCount

describe('a charge in review', () => {
  it('is honoured from the date it was charged, once, and the payer is told', async () => {
    const id = await arrives({ payload: 'order-1' })
    expect(await isListed(id)).toBe(true)
    const honour = () => honourPayment(system, id, { planCode: 'gold_1m', reason: 'paid in full' })
    const outcomes = await Promise.allSettled([honour(), honour(), honour()])
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await held()).toMatchObject([
      { plan_code: 'gold_1m', active: true, expires_at: addDays(at, 30).toISOString() },
    ])
    expect(await isListed(id)).toBe(false)
    expect(await messages(id)).toBe(1)
    expect(await db().paymentEvent.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'completed',
      reason: 'unknown_payload',
      settledBy: 'system',
    })
    expect(await db().auditEntry.findMany({ where: { subjectId: id } })).toMatchObject([
      { action: 'honour_payment', reason: 'paid in full' },
    ])
    expect(await db().telegramUpdate.count({ where: { state: 'review' } })).toBe(0)
  })

  it('is left as it is: recorded, without effect, no longer waiting', async () => {
    const id = await arrives({ payload: 'order-2' })
    await leavePayment(system, id, 'a gift')
    expect(await held()).toEqual([])
    expect(await isListed(id)).toBe(false)
    await expect(leavePayment(system, id, 'again')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('completes when it is judged again after its plan was put back', async () => {
    const payload = payloadFor('bronze_1m')
    const id = await arrives({ payload })
    expect(await replayPayment(system, id)).toBe('unknown_payload')
    await db().plan.create({
      data: {
        code: 'bronze_1m',
        name: 'Bronze',
        description: '',
        features: [],
        family: 'bronze',
        tier: 1,
        kind: 'one_off',
        durationDays: 10,
      },
    })
    expect(await replayPayment(system, id)).toBeNull()
    expect(await held()).toMatchObject([
      { plan_code: 'bronze_1m', expires_at: addDays(at, 10).toISOString() },
    ])
    await expect(replayPayment(system, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('refuses to honour without a plan or a reason, and changes nothing', async () => {
    const id = await arrives({ payload: 'order-3' })
    const refusals = [
      [{ planCode: null, reason: 'why' }, 'unknown_plan'],
      [{ planCode: 'no_such_plan', reason: 'why' }, 'unknown_plan'],
      [{ planCode: 'gold_1m', reason: ' ' }, 'invalid_request'],
    ] as const
    for (const [as, code] of refusals) {
      await expect(honourPayment(system, id, as)).rejects.toMatchObject({ code })
    }
    await expect(
      honourPayment(system, newId(), { planCode: 'gold_1m', reason: 'why' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await held()).toEqual([])
    expect(await isListed(id)).toBe(true)
  })
})
