import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonActor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { type CardShop, startCardShop } from '@/lib/testing/card-shop'
import { makePerson } from '@/lib/testing/factories'
import { forgetOldEvents } from './forget-old-events'
import { handleEvent } from './handle-event'

const stripe = { kind: 'stripe' } as const
const system = { kind: 'system' } as const
let shop: CardShop
let ann: PersonActor

beforeAll(async () => {
  shop = await startCardShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  await shop.control('faults', {})
  await db().stripeEvent.deleteMany()
})

type Given = Parameters<typeof handleEvent>[1]
const eventsAtStripe = () => [...shop.simulator.world.stripe.events.values()]
const newest = (type: string) => eventsAtStripe().findLast((event) => event.type === type)
/** As the package gives events to us, whose shape it does not look at. */
const handles = (event: object | undefined) => handleEvent(stripe, event as Given)
describe('what is kept of an event', () => {
  it('is what happened to the money, and nothing of who paid', async () => {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    const secrets = { email: 'canary@example.com', name: 'Canary Buyer' }
    for (const plan of ['card_1m', 'card_monthly'])
      await shop.pays(await shop.opens(ann, plan), secrets)
    await shop.control('stripe/refunds', {
      charge: [...shop.simulator.world.stripe.charges.keys()].at(-1),
    })
    const all = eventsAtStripe()
    expect(JSON.stringify(all)).toContain('canary@example.com')
    for (const event of all) await handles(event)

    const kept = await db().stripeEvent.findMany()
    expect(kept.length).toBe(all.length)
    const text = JSON.stringify(kept, (_key, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    )
    for (const secret of ['canary', 'Canary', 'payment_method', 'last4', 'receipt', 'billing_det'])
      expect(text).not.toContain(secret)
    for (const one of kept.filter(({ state }) => state === 'ignored'))
      expect(one).toMatchObject({ body: {}, telegramUserId: null, reason: null })
    const handled = kept.filter(({ state }) => state === 'handled')
    expect(handled.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['payment_intent.succeeded', 'invoice.paid', 'charge.refunded']),
    )
    for (const one of handled) expect(Number(one.telegramUserId)).toBe(ann.telegramUserId)
    const paid = handled.find(({ type }) => type === 'charge.refunded')
    expect(paid?.body).toMatchObject({
      data: {
        object: {
          object: 'charge',
          payment_intent: expect.stringMatching(/^pi_/),
          amount: 999,
          amount_refunded: 999,
          currency: 'eur',
          refunded: true,
        },
      },
    })
  })

  it('was more in older versions, and the migration takes out what may not be kept', async () => {
    const object = {
      ...{ id: 'ch_1', object: 'charge', payment_intent: 'pi_1', amount: 999, status: 'succeeded' },
      billing_details: { email: 'canary@example.com', name: 'Canary Buyer' },
      metadata: { telegram_user_id: '42' },
    }
    const old = { type: 'charge.refunded', receivedAt: new Date(), body: { data: { object } } }
    await db().stripeEvent.createMany({
      data: [
        { ...old, id: 'evt_handled', state: 'handled' },
        { ...old, id: 'evt_ignored', state: 'ignored' },
      ],
    })
    const file = 'prisma/migrations/20261129010000_stripe_events/migration.sql'
    const statements = (await readFile(file, 'utf8')).split(';')
    for (const one of statements.filter((text) => text.includes('UPDATE'))) await pool().query(one)
    expect(await db().stripeEvent.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      {
        telegramUserId: 42n,
        body: {
          id: 'evt_handled',
          type: 'charge.refunded',
          data: {
            object: {
              ...{ id: 'ch_1', object: 'charge', payment_intent: 'pi_1' },
              ...{ amount: 999, status: 'succeeded' },
            },
          },
        },
      },
      { telegramUserId: null, body: {} },
    ])
    const { rows } = await pool().query('select body::text as text from stripe_events')
    expect(JSON.stringify(rows)).not.toMatch(/canary/i)
  })

  it.each(['handled', 'ignored', 'review'])('is forgotten after 90 days when %s', async (state) => {
    const keep = (id: string, ageDays: number) =>
      db().stripeEvent.create({
        data: { id, type: 'x', state, body: {}, receivedAt: addDays(new Date(), -ageDays) },
      })
    await keep('evt_young', 89.9)
    await keep('evt_old', 90.1)
    expect(await forgetOldEvents(system)).toBe(1)
    expect(await forgetOldEvents(system)).toBe(0)
    expect(await db().stripeEvent.findMany({ select: { id: true } })).toEqual([{ id: 'evt_young' }])
  })

  it('is forgotten in batches until none is left', async () => {
    const receivedAt = addDays(new Date(), -100)
    await db().stripeEvent.createMany({
      data: Array.from({ length: 2100 }, (_, index) => ({
        ...{ id: `evt_${index}`, type: 'x', state: 'handled', body: {}, receivedAt },
      })),
    })
    expect(await forgetOldEvents(system)).toBe(2100)
    expect(await db().stripeEvent.count()).toBe(0)
  })
})

describe('an event of a shape we do not know', () => {
  const findings = (id: string | undefined) =>
    db().finding.findMany({ where: { kind: 'stripe_event_unread', subject: id ?? '' } })
  const tellJobs = async () =>
    (
      await pool().query(
        `select payload from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'tell_admins'`,
      )
    ).rows

  /** A payment of ours as a later version of Stripe might tell it. */
  async function strange() {
    await shop.control('faults', { stripe_webhook: { drop: true } })
    await shop.pays(await shop.opens(ann, 'card_1m'))
    const event = newest('payment_intent.succeeded')
    const object = {
      ...event?.data.object,
      metadata: { invoice_payload: 'x', telegram_user_id: 'Ann' },
    }
    return { genuine: event, changed: { ...event, data: { object } }, id: event?.id }
  }

  it('is a finding that the admins hear of once, however often it comes', async () => {
    const { changed, id } = await strange()
    await pool().query('delete from graphile_worker._private_jobs')
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => handles(changed)))
    expect(new Set(outcomes)).toEqual(new Set(['review']))
    expect(await handles(changed)).toBe('review')
    const [finding, ...others] = await findings(id)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      resolvedAt: null,
      details: {
        event: id,
        type: 'payment_intent.succeeded',
        problem: 'telegram_user_id: invalid_type',
      },
    })
    expect(await tellJobs()).toEqual([{ payload: { kind: 'finding', findingId: finding?.id } }])
    expect(await db().stripeEvent.findUnique({ where: { id: id ?? '' } })).toMatchObject({
      state: 'review',
    })
  })

  it('is handled by a later delivery that is understood, and the finding is settled', async () => {
    const { changed, genuine, id } = await strange()
    expect(await handles(changed)).toBe('review')
    expect(await shop.held(ann)).toEqual([])
    expect(await handles(genuine)).toBe('handled')
    expect(await shop.held(ann)).toMatchObject([{ active: true }])
    expect(await findings(id)).toMatchObject([{ resolvedBy: 'system' }])
    expect(await db().stripeEvent.findUnique({ where: { id: id ?? '' } })).toMatchObject({
      state: 'handled',
      reason: null,
      telegramUserId: BigInt(ann.telegramUserId),
    })
    expect(await handles(genuine)).toBe('repeated')
  })

  it('stays settled when a person settled it and it comes again', async () => {
    const { changed, id } = await strange()
    await handles(changed)
    await db().finding.updateMany({
      where: { subject: id ?? '' },
      data: { resolvedAt: new Date(), resolvedBy: '5' },
    })
    await pool().query('delete from graphile_worker._private_jobs')
    expect(await handles(changed)).toBe('review')
    expect(await findings(id)).toMatchObject([{ resolvedBy: '5' }])
    expect(await tellJobs()).toEqual([])
  })
})
