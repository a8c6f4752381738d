import { beforeEach, describe, expect, it } from 'vitest'
import { judgeAgainJob } from '@/lib/domain/payments/jobs'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { AdminActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { addJob } from '@/lib/platform/jobs'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { findStory, storyMost } from './story-queries'

const owner: AdminActor = {
  kind: 'admin',
  telegramUserId: 1,
  firstName: 'Ada',
  role: 'owner',
  from: '127.0.0.1',
}
const start = Date.parse('2026-03-01T10:00:00Z')
const minute = (n: number) => new Date(start + n * 60_000)
let id: string
let chargeId: string
let ann: ReturnType<typeof makePerson>
let updateId = 930_000

async function charged(overrides = {}): Promise<{ id: string; chargeId: string }> {
  updateId += 1
  const charge = makeCharge({ payer: ann, payload: 'order-17', ...overrides })
  await recordCharge({ kind: 'telegram' }, charge, { updateId, kind: 'message', body: {} })
  const row = await db().paymentEvent.findFirstOrThrow({ where: { chargeId: charge.chargeId } })
  return { id: row.id, chargeId: charge.chargeId }
}

beforeEach(async () => {
  ann = makePerson()
  const made = await charged()
  id = made.id
  chargeId = made.chargeId
})

async function story() {
  const found = await findStory(owner, id)
  if (!found) throw new Error('there is no story')
  return found
}

/** So many of each kind, a minute apart. */
async function happens(times: number): Promise<void> {
  await pool().query(
    `insert into payment_events (id, provider, telegram_user_id, charge_id, invoice_payload, amount,
       currency, status, charged_at, created_at, updated_at)
     select gen_random_uuid(), 'stars', $1::bigint, 'c' || n || $1::bigint, 'order-17', n, 'XTR', 'review', at, at, at
     from generate_series(1, $2::int) n, lateral (select $3::timestamptz + n * interval '1 minute') m(at)`,
    [ann.telegramUserId, times, minute(0)],
  )
  const numbers = Array.from({ length: times }, (_, at) => at + 1)
  await db().auditEntry.createMany({
    data: numbers.map((n) => ({
      id: newId(),
      at: minute(n),
      actor: '1',
      action: 'leave_payment',
      subject: 'payment',
      subjectId: id,
      reason: `number ${n}`,
      details: {},
    })),
  })
  await db().telegramUpdate.createMany({
    data: numbers.map((n) => ({
      id: newId(),
      updateId: BigInt(n),
      kind: 'message',
      state: 'handled',
      body: { number: n },
      chargeId,
      receivedAt: minute(n),
    })),
  })
}

describe('a story with more of a kind than a page tells', () => {
  it('keeps the newest, and says that there are older ones', async () => {
    await happens(storyMost + 10)
    const { events, raw, hasOlder } = await story()
    expect(hasOlder).toEqual({ siblings: true, audit: true, raw: true })
    const amounts = events.flatMap((one) => (one.kind === 'other_charge' ? [one.amount] : []))
    expect(amounts).toEqual(Array.from({ length: storyMost }, (_, at) => at + 11))
    const reasons = events.flatMap((one) => (one.kind === 'audit' ? [one.reason] : []))
    expect(reasons).toHaveLength(storyMost)
    expect(reasons.at(-1)).toBe(`number ${storyMost + 10}`)
    expect(reasons).not.toContain('number 10')
    expect(raw).toHaveLength(storyMost)
  })

  it('still dates the decision by the first update there was', async () => {
    await happens(storyMost + 10)
    const review = (await story()).events.find((one) => one.kind === 'review')
    expect(review?.at).toBe(minute(1).toISOString())
  })

  it('says nothing of older ones when all of them are told', async () => {
    await happens(storyMost - 1)
    const { hasOlder, raw } = await story()
    expect(hasOlder).toEqual({ siblings: false, audit: false, raw: false })
    expect(raw).toHaveLength(storyMost)
  })
})

describe('jobs about a payment', () => {
  it('name the judgement that a refund of the same person asked for, and no other', async () => {
    const refunded = await charged({ payload: 'order-18' })
    await db().paymentEvent.update({ where: { id: refunded.id }, data: { status: 'refunded' } })
    for (const [of, because] of [
      [id, refunded.id],
      [refunded.id, refunded.id],
      [id, newId()],
    ] as const) {
      const { name, payload, key } = judgeAgainJob(of, because)
      if (name === 'judge_again') await addJob(name, payload, { key })
    }
    const keys = (await story()).jobs
      .filter((job) => job.task === 'judge_again')
      .map((job) => job.key)
    expect(keys).toEqual([`judge_again:${id}:${refunded.id}`])
  })

  it('name the closing of the card pages of a payer who was banned', async () => {
    const { telegramUserId } = ann
    const key = `expire_banned_checkouts:${telegramUserId}`
    await addJob('expire_banned_checkouts', { telegramUserId }, { key })
    expect((await story()).jobs.map((job) => job.task)).toContain('expire_banned_checkouts')
  })
})
