import { beforeEach, describe, expect, it, vi } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { signPayload } from '@/lib/domain/invoices/payload'
import { requireInvoice } from '@/lib/domain/invoices/queries'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { recordCharge } from './record-charge'

vi.mock('@/lib/telegram/invoices', () => ({
  createInvoiceLink: async () => 'https://t.me/$testlink',
}))

const telegram = { kind: 'telegram' } as const

async function openInvoiceOf(actor: PersonActor, planCode = 'gold_1m') {
  const invoice = await createInvoice(actor, { plan_code: planCode, method: 'stars' })
  const row = await db().invoice.findUniqueOrThrow({ where: { id: invoice.invoice_id } })
  return { ...invoice, payload: row.payload }
}

/** A charge that pays the invoice. */
const chargeFor = (
  payer: PersonActor,
  invoice: { payload: string; amount: number },
  overrides: Parameters<typeof makeCharge>[0] = {},
) => makeCharge({ payer, payload: invoice.payload, amount: invoice.amount, ...overrides })

const held = async (actor: PersonActor) =>
  (await listEntitlements(actor, actor.telegramUserId)).entitlements

const eventsOf = (actor: PersonActor) =>
  db().paymentEvent.findMany({ where: { telegramUserId: actor.telegramUserId } })

const jobsOf = async (paymentId: string) => {
  const { rows } = await pool().query(
    'select task_identifier as name from graphile_worker.jobs where key like $1 order by 1',
    [`%${paymentId}`],
  )
  return rows.map((row: { name: string }) => row.name)
}

describe('recordCharge', () => {
  let ann: PersonActor

  beforeEach(() => {
    ann = makePerson()
  })

  it('gives the plan, settles the invoice and queues one message, in one go', async () => {
    const invoice = await openInvoiceOf(ann)
    const charge = chargeFor(ann, invoice)
    expect(await recordCharge(telegram, charge)).toBe('completed')

    const [entitlement] = await held(ann)
    expect(entitlement).toMatchObject({ plan_code: 'gold_1m', active: true, status: 'active' })
    expect(entitlement?.expires_at).toBe(addDays(charge.chargedAt, 30).toISOString())
    expect((await requireInvoice(ann, invoice.invoice_id)).status).toBe('paid')
    const [event] = await eventsOf(ann)
    expect(event).toMatchObject({ status: 'completed', chargeId: charge.chargeId, amount: 500n })
    expect(await jobsOf(event?.id ?? '')).toEqual(['tell_buyer'])
  })

  it('changes nothing when Telegram repeats the update', async () => {
    const charge = chargeFor(ann, await openInvoiceOf(ann))
    await recordCharge(telegram, charge, { updateId: 1, kind: 'message', body: {} })
    const before = await held(ann)
    expect(await recordCharge(telegram, charge, { updateId: 1, kind: 'message', body: {} })).toBe(
      'duplicate',
    )
    expect(await recordCharge(telegram, charge, { updateId: 2, kind: 'message', body: {} })).toBe(
      'duplicate',
    )
    expect(await held(ann)).toEqual(before)
    expect(await eventsOf(ann)).toHaveLength(1)
  })

  it('gives one period for 50 deliveries at once', async () => {
    const charge = chargeFor(ann, await openInvoiceOf(ann))
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => recordCharge(telegram, charge)),
    )
    const values = outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 'thrown'))
    expect(values.filter((value) => value === 'completed')).toHaveLength(1)
    const events = await eventsOf(ann)
    expect(events).toHaveLength(1)
    expect((await held(ann))[0]?.expires_at).toBe(addDays(charge.chargedAt, 30).toISOString())
    expect(await jobsOf(events[0]?.id ?? '')).toEqual(['tell_buyer'])
  })

  it('adds up different charges of one person that arrive at once', async () => {
    const invoices = await Promise.all([openInvoiceOf(ann), openInvoiceOf(ann)])
    const charges = invoices.map((invoice, index) =>
      chargeFor(ann, invoice, { chargedAt: new Date(Date.now() - 1000 * index) }),
    )
    expect(await Promise.all(charges.map((charge) => recordCharge(telegram, charge)))).toEqual([
      'completed',
      'completed',
    ])
    const first = charges[1]?.chargedAt ?? new Date(0)
    expect((await held(ann))[0]?.expires_at).toBe(addDays(first, 60).toISOString())
  })

  it('does not care about the order in which charges arrive', async () => {
    const bob = makePerson()
    const day = (n: number) => addDays(new Date('2026-11-01T00:00:00Z'), n)
    const history = [
      ['silver_1m', 250, 0],
      ['gold_1m', 500, 5],
      ['silver_1m', 250, 10],
      ['gold_1m', 500, 12],
    ] as const
    const play = async (person: PersonActor, order: number[]) => {
      for (const index of order) {
        const [planCode, amount, at] = history[index] ?? history[0]
        const payload = signPayload({
          id: newId(),
          planCode,
          issuedAt: day(at),
          telegramUserId: person.telegramUserId,
          currency: 'XTR',
          amount,
        })
        const charge = makeCharge({
          payer: person,
          payload,
          amount,
          chargedAt: day(at),
          chargeId: `stx-${person.telegramUserId}-${index}`,
        })
        expect(await recordCharge(telegram, charge)).toBe('completed')
      }
      return held(person)
    }
    const byCode = (list: Awaited<ReturnType<typeof held>>) =>
      list
        .map(({ plan_code, starts_at, expires_at }) => ({ plan_code, starts_at, expires_at }))
        .sort((a, b) => a.plan_code.localeCompare(b.plan_code))
    expect(byCode(await play(ann, [0, 1, 2, 3]))).toEqual(byCode(await play(bob, [3, 1, 0, 2])))
  })

  it('honours a charge whose invoice row is gone, by its tag, and makes the row again', async () => {
    const id = newId()
    const payload = signPayload({
      id,
      planCode: 'gold_3m',
      issuedAt: new Date(),
      telegramUserId: ann.telegramUserId,
      currency: 'XTR',
      amount: 1300,
    })
    expect(await recordCharge(telegram, makeCharge({ payer: ann, payload, amount: 1300 }))).toBe(
      'completed',
    )
    expect((await held(ann))[0]).toMatchObject({ plan_code: 'gold_3m', active: true })
    expect((await requireInvoice(ann, id)).status).toBe('paid')
  })

  it('makes its payer a user if there was none, with a 52-bit id', async () => {
    const olga = makePerson({ telegramUserId: 4_503_599_627_370_495 })
    const payload = signPayload({
      id: newId(),
      planCode: 'lifetime',
      issuedAt: new Date(),
      telegramUserId: olga.telegramUserId,
      currency: 'XTR',
      amount: 5000,
    })
    expect(await recordCharge(telegram, makeCharge({ payer: olga, payload, amount: 5000 }))).toBe(
      'completed',
    )
    expect((await held(olga))[0]).toMatchObject({ expires_at: null, status: 'active' })
  })

  it('adds the days of a second payment of one invoice and tells the admins', async () => {
    const invoice = await openInvoiceOf(ann)
    const first = chargeFor(ann, invoice)
    await recordCharge(telegram, first)
    expect(await recordCharge(telegram, chargeFor(ann, invoice))).toBe('completed')
    const events = await eventsOf(ann)
    const second = events.find((event) => event.chargeId !== first.chargeId)
    expect(second?.reason).toBe('paid_twice')
    expect(await jobsOf(second?.id ?? '')).toEqual(['tell_admins', 'tell_buyer'])
    const until = Date.parse((await held(ann))[0]?.expires_at ?? '')
    expect(Math.round((until - first.chargedAt.getTime()) / 86_400_000)).toBe(60)
  })

  it('adopts the pending pre-checkout row', async () => {
    const invoice = await openInvoiceOf(ann)
    const { answerQuestion, recordQuestion } = await import('./answer-question')
    const question = {
      id: '-77',
      payer: ann,
      currency: 'XTR',
      amount: 500,
      payload: invoice.payload,
    }
    expect(await answerQuestion(telegram, question)).toBe('ok')
    await recordQuestion(telegram, question, null)
    await recordCharge(telegram, chargeFor(ann, invoice))
    const events = await eventsOf(ann)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ status: 'completed', preCheckoutQueryId: '-77' })
  })

  it('keeps one row of a question and its charge, however close one follows the other', async () => {
    const { recordQuestion } = await import('./answer-question')
    const counts: number[] = []
    for (let round = 0; round < 40; round++) {
      const payer = makePerson()
      const invoice = await openInvoiceOf(payer)
      const { payload } = invoice
      const question = { id: `race-${round}`, payer, currency: 'XTR', amount: 500, payload }
      await Promise.all([
        recordQuestion(telegram, question, null),
        recordCharge(telegram, chargeFor(payer, invoice)),
      ])
      const events = await eventsOf(payer)
      expect(events[0]).toMatchObject({ status: 'completed' })
      counts.push(events.length)
    }
    expect(counts).toEqual(counts.map(() => 1))
  })

  it('writes no question that waited for a charge of its payer, but asks to be tried again', async () => {
    const { insertQuestion } = await import('./store')
    const payer = makePerson()
    const { payload } = await openInvoiceOf(payer)
    const question = { id: 'behind', payer, currency: 'XTR', amount: 500, payload }
    const asked = { invoiceId: null, planCode: null, reason: null }
    const client = await pool().connect()
    try {
      await client.query('begin')
      await client.query(
        'update users set money_version = money_version + 1 where telegram_user_id = $1',
        [payer.telegramUserId],
      )
      const writing = insertQuestion(question, asked, new Date())
      const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
      await vi.waitFor(async () => expect((await pool().query(waits)).rowCount).toBe(1))
      await client.query('commit')
      expect(await writing).toBe(false)
    } finally {
      client.release()
    }
    expect(await eventsOf(payer)).toEqual([])
    expect(await insertQuestion(question, asked, new Date())).toBe(true)
    expect(await eventsOf(payer)).toMatchObject([{ status: 'pending' }])
  })

  it.each([
    ['wrong_amount', { amount: 499 }],
    ['wrong_currency', { currency: 'EUR', provider: 'telegram' as const }],
    ['unknown_payload', { payload: 'order-7' }],
  ])('keeps a charge that does not fit for review: %s', async (reason, overrides) => {
    const invoice = await openInvoiceOf(ann)
    expect(await recordCharge(telegram, chargeFor(ann, invoice, overrides))).toBe('review')
    const [event] = await eventsOf(ann)
    expect(event).toMatchObject({ status: 'review', reason })
    expect(await held(ann)).toEqual([])
    expect(await jobsOf(event?.id ?? '')).toEqual(['tell_admins', 'tell_buyer'])
  })

  it("keeps somebody else's payment for review and leaves the owner's invoice open", async () => {
    const invoice = await openInvoiceOf(ann)
    const eve = makePerson()
    expect(await recordCharge(telegram, chargeFor(eve, invoice))).toBe('review')
    expect((await eventsOf(eve))[0]).toMatchObject({ reason: 'wrong_payer' })
    expect((await requireInvoice(ann, invoice.invoice_id)).status).toBe('open')
    expect(await held(ann)).toEqual([])
    expect(await held(eve)).toEqual([])
  })

  it('keeps a second lifetime for review', async () => {
    const first = await openInvoiceOf(ann, 'lifetime')
    const second = await openInvoiceOf(ann, 'lifetime')
    await recordCharge(telegram, chargeFor(ann, first))
    expect(await recordCharge(telegram, chargeFor(ann, second))).toBe('review')
  })

  it('takes charge ids of 200 characters', async () => {
    const chargeId = `stx${'x'.repeat(197)}`
    expect(
      await recordCharge(telegram, chargeFor(ann, await openInvoiceOf(ann), { chargeId })),
    ).toBe('completed')
  })
})
