import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { pool } from '@/lib/platform/pool'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { reconcile } from './reconcile'
import { restorePurchases } from './restore-purchases'

const system = { kind: 'system' } as const
const telegram = { kind: 'telegram' } as const

let api: FakeBotApi
/** Telegram's list, oldest first. */
const list: object[] = []

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
  api.answer('getStarTransactions', ({ offset, limit }) => ({
    transactions: list.slice(Number(offset), Number(offset) + Number(limit)),
  }))
})
afterAll(() => api.close())

const payloadOf = (person: PersonActor, planCode = 'gold_1m', amount = 500) =>
  signPayload({
    id: newId(),
    planCode,
    issuedAt: new Date(),
    telegramUserId: person.telegramUserId,
    currency: 'XTR',
    amount,
  })
const unix = (at: Date) => Math.floor(at.getTime() / 1000)
const side = (person: PersonActor, payload: string, more: object = {}) => ({
  type: 'user',
  transaction_type: 'invoice_payment',
  user: { id: person.telegramUserId, is_bot: false, first_name: person.firstName },
  invoice_payload: payload,
  ...more,
})
const sale = (
  id: string,
  person: PersonActor,
  payload: string,
  at: Date,
  amount = 500,
  more = {},
) => ({
  id,
  amount,
  date: unix(at),
  source: side(person, payload, more),
})
const refund = (id: string, person: PersonActor, payload: string, at: Date) => ({
  id,
  amount: 500,
  date: unix(at),
  receiver: side(person, payload),
})
const held = async (person: PersonActor) =>
  (await listEntitlements(person, person.telegramUserId)).entitlements

describe("the comparison with Telegram's list", () => {
  it('restores everything a blackout lost, exactly once, over many pages', async () => {
    const people = Array.from({ length: 130 }, () => makePerson())
    const at = addDays(new Date(), -1)
    for (const [index, person] of people.entries()) {
      const payload = payloadOf(person)
      list.push(sale(`lost-${index}`, person, payload, at))
      if (index % 10 === 0) list.push(refund(`lost-${index}`, person, payload, addDays(at, 0.5)))
    }
    list.push({ id: 'w1', amount: 900, date: unix(at), receiver: { type: 'fragment' } })

    expect(await reconcile(system, 'tail')).toMatchObject({
      seen: 144,
      repaired: 143,
      foreign: 0,
    })
    for (const [index, person] of people.entries()) {
      expect(await held(person)).toMatchObject([{ active: index % 10 !== 0 }])
    }
    expect(await reconcile(system, 'full')).toMatchObject({ repaired: 0 })
  })

  it('finds nothing to do where the webhook was first, and the webhook nothing after it', async () => {
    const [ann, bob] = [makePerson(), makePerson()]
    const at = new Date()
    const told = makeCharge({
      payer: ann,
      payload: payloadOf(ann),
      chargeId: 'told',
      chargedAt: at,
    })
    await recordCharge(telegram, told)
    const untold = makeCharge({
      payer: bob,
      payload: payloadOf(bob),
      chargeId: 'untold',
      chargedAt: at,
    })
    list.push(sale('told', ann, told.payload, at), sale('untold', bob, untold.payload, at))
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 1 })
    expect(await recordCharge(telegram, untold)).toBe('duplicate')
  })

  it('gives one period when webhook and comparison come at the same time', async () => {
    const ann = makePerson()
    const charge = makeCharge({ payer: ann, payload: payloadOf(ann), chargeId: 'both' })
    list.push(sale('both', ann, charge.payload, charge.chargedAt))
    await Promise.all([
      reconcile(system, 'tail'),
      recordCharge(telegram, charge),
      reconcile(system, 'tail'),
    ])
    expect(await db().paymentEvent.count({ where: { chargeId: 'both' } })).toBe(1)
    expect(await held(ann)).toMatchObject([
      { expires_at: addDays(charge.chargedAt, 30).toISOString() },
    ])
  })

  it('rebuilds a subscription with its renewal from dates and period', async () => {
    const ann = makePerson()
    const payload = payloadOf(ann, 'gold_monthly', 450)
    const start = new Date(unix(addDays(new Date(), -31)) * 1000)
    const more = { subscription_period: 2_592_000 }
    list.push(
      sale('sub-0', ann, payload, start, 450, more),
      sale('sub-1', ann, payload, addDays(start, 30), 450, more),
    )
    await reconcile(system, 'full')
    expect(await held(ann)).toMatchObject([
      { plan_code: 'gold_monthly', active: true, expires_at: addDays(start, 60).toISOString() },
    ])
    const [subscription] = await db().subscription.findMany({ where: { invoicePayload: payload } })
    expect(subscription?.firstChargeId).toBe('sub-0')
  })

  it("adds an affiliate's share before it judges the amount", async () => {
    const ann = makePerson()
    const more = { affiliate: { commission_per_mille: 100, amount: 50 } }
    list.push(sale('affiliate', ann, payloadOf(ann), new Date(), 450, more))
    await reconcile(system, 'tail')
    expect(await held(ann)).toMatchObject([{ plan_code: 'gold_1m', active: true }])
  })

  it('makes up whole Stars from the billionths of both shares', async () => {
    const ann = makePerson()
    const more = {
      affiliate: { commission_per_mille: 50, amount: 12, nanostar_amount: 500_000_000 },
    }
    list.push({
      ...sale('nano', ann, payloadOf(ann, 'silver_1m', 250), new Date(), 237, more),
      nanostar_amount: 500_000_000,
    })
    await reconcile(system, 'tail')
    expect(await held(ann)).toMatchObject([{ plan_code: 'silver_1m', active: true }])
  })

  it('ends in the same state whichever of list and update was first', async () => {
    const [ann, bob] = [makePerson(), makePerson()]
    const listedAt = new Date(unix(addDays(new Date(), -3)) * 1000)
    const sold = (person: PersonActor, id: string) => {
      const payload = payloadOf(person, 'gold_monthly', 450)
      list.push(sale(id, person, payload, listedAt, 450, { subscription_period: 2_592_000 }))
      return makeCharge({
        payer: person,
        payload,
        chargeId: id,
        amount: 450,
        providerChargeId: `provider-${id}`,
        chargedAt: addDays(listedAt, 0.001),
        isRecurring: true,
        isFirstRecurring: true,
        subscriptionExpiresAt: addDays(listedAt, 30.5),
      })
    }
    const listFirst = sold(ann, 'list-first')
    await reconcile(system, 'full')
    expect(await recordCharge(telegram, listFirst)).toBe('duplicate')
    const updateFirst = sold(bob, 'update-first')
    await recordCharge(telegram, updateFirst)
    await reconcile(system, 'full')

    const [one, two] = await Promise.all(
      ['list-first', 'update-first'].map((chargeId) =>
        db().paymentEvent.findFirstOrThrow({
          where: { chargeId },
          select: {
            toldBy: true,
            chargedAt: true,
            isFirstRecurring: true,
            subscriptionExpiresAt: true,
            status: true,
          },
        }),
      ),
    )
    expect(one).toEqual({
      toldBy: 'update',
      chargedAt: listedAt,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(listedAt, 30.5),
      status: 'completed',
    })
    expect(two).toEqual(one)
    expect((await held(ann)).map(({ starts_at: _, ...rest }) => rest)).toEqual(
      (await held(bob)).map(({ starts_at: _, ...rest }) => rest),
    )
    const messages = await pool().query(
      `select from graphile_worker.jobs where task_identifier = 'tell_buyer' and key = any($1)`,
      [
        (await db().paymentEvent.findMany({ where: { chargeId: 'list-first' } })).map(
          ({ id }) => `tell_buyer:${id}`,
        ),
      ],
    )
    expect(messages.rowCount).toBe(1)
  })

  it('counts the sales of an older shop in one finding and leaves them alone', async () => {
    const ann = makePerson()
    list.push(sale('old', ann, 'order-7', new Date()), refund('old', ann, 'order-7', new Date()))
    expect(await reconcile(system, 'tail')).toMatchObject({ foreign: 2 })
    expect(await reconcile(system, 'tail')).toMatchObject({ foreign: 2 })
    expect(await held(ann)).toEqual([])
    expect(await db().finding.findMany({ where: { kind: 'foreign_sales' } })).toMatchObject([
      { subject: 'all', count: 2 },
    ])
  })

  it('makes a finding of a charge that the list has with other terms, and changes nothing', async () => {
    const ann = makePerson()
    const charge = makeCharge({ payer: ann, payload: payloadOf(ann), chargeId: 'differs' })
    await recordCharge(telegram, charge)
    list.push(sale('differs', ann, charge.payload, charge.chargedAt, 499))
    expect(await reconcile(system, 'tail')).toMatchObject({ repaired: 0 })
    expect(await db().finding.findMany({ where: { kind: 'terms_differ' } })).toMatchObject([
      { details: { ledger_amount: 500, listed_amount: 499 } },
    ])
    expect(await held(ann)).toMatchObject([{ active: true }])
  })

  it('makes a finding of a charge that Telegram does not list, until it does', async () => {
    const ann = makePerson()
    const at = addDays(new Date(), -1)
    const charge = makeCharge({
      payer: ann,
      payload: payloadOf(ann),
      chargeId: 'unlisted',
      chargedAt: at,
    })
    await recordCharge(telegram, charge)
    const { id } = await db().paymentEvent.findFirstOrThrow({ where: { chargeId: 'unlisted' } })
    const finding = () =>
      db().finding.findUnique({
        where: { kind_subject: { kind: 'charge_not_listed', subject: id } },
      })
    await reconcile(system, 'full')
    expect(await finding()).toMatchObject({ resolvedAt: null })

    list.push(sale('unlisted', ann, charge.payload, at))
    await reconcile(system, 'full')
    expect(await finding()).not.toMatchObject({ resolvedAt: null })
  })

  it('runs one at a time over all processes', async () => {
    const runs = await Promise.all([reconcile(system, 'full'), reconcile(system, 'full')])
    expect(runs.filter((run) => run === 'busy')).toHaveLength(1)
    expect(await reconcile(system, 'tail')).not.toBe('busy')
  })

  it('restores what one person misses, and tells how much', async () => {
    const [ann, bob] = [makePerson(), makePerson()]
    const at = new Date()
    list.push(sale('ann-1', ann, payloadOf(ann), at), sale('bob-1', bob, payloadOf(bob), at))
    expect(await restorePurchases(ann)).toEqual({ status: 'done', restored: 1 })
    expect(await held(ann)).toMatchObject([{ active: true }])
    expect(await held(bob)).toMatchObject([{ active: true }])

    // Somebody damaged the row by hand: what was paid for is folded again.
    await db().entitlement.updateMany({
      where: { user: { telegramUserId: ann.telegramUserId } },
      data: { revokedAt: at },
    })
    expect(await restorePurchases(ann)).toEqual({ status: 'done', restored: 0 })
    expect(await held(ann)).toMatchObject([{ active: true }])
  })

  it('does not let one person look things up without end', async () => {
    const ann = makePerson()
    for (let attempt = 0; attempt < 3; attempt++) await restorePurchases(ann)
    await expect(restorePurchases(ann)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('says that Telegram does not answer', async () => {
    api.refuse('getStarTransactions', 502, 'Bad Gateway')
    await expect(restorePurchases(makePerson())).rejects.toMatchObject({
      code: 'telegram_unavailable',
    })
    api.reset()
  })

  it('writes down what stopped it', async () => {
    api.refuse('getStarTransactions', 500, 'Internal Server Error')
    await expect(reconcile(system, 'tail')).rejects.toThrow()
    const [run] = await db().reconciliationRun.findMany({ orderBy: { startedAt: 'desc' }, take: 1 })
    expect(run?.problem).toMatch(/Internal Server Error/)
  })
})
