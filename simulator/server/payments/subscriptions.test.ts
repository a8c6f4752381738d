import { describe, expect, it } from 'vitest'
import {
  ANN,
  approve,
  type Bench,
  type Received,
  startBench,
} from '@/simulator/server/testing/harness'

const PERIOD = 2_592_000
const DAY = 86_400

type Payment = {
  telegram_payment_charge_id: string
  invoice_payload: string
  is_recurring?: boolean
  is_first_recurring?: boolean
  subscription_expiration_date: number
}

function payments(received: Received[]): Payment[] {
  return received.flatMap(({ update }) => {
    const message = update.message as { successful_payment?: Payment } | undefined
    return message?.successful_payment ? [message.successful_payment] : []
  })
}

function states(received: Received[]): string[] {
  return received.flatMap(({ update }) => {
    const subscription = update.subscription as { state: string } | undefined
    return subscription ? [subscription.state] : []
  })
}

async function subscribed(bench: Bench) {
  const hook = await bench.hook(approve)
  const link = await bench.link({ payload: 'sub-1', subscription_period: PERIOD })
  const { charge_id } = await bench.pay(link)
  await bench.settle()
  const act = (action: string) =>
    bench.post('/control/subscriptions', { person_id: ANN, charge_id, action })
  const edit = (is_canceled: boolean) =>
    bench.api('editUserStarSubscription', {
      user_id: ANN,
      telegram_payment_charge_id: charge_id,
      is_canceled,
    })
  return { hook, charge_id, act, edit }
}

describe('a subscription', () => {
  it('renews every thirty days without asking, each time with a new charge', async () => {
    const bench = await startBench()
    const { hook, charge_id } = await subscribed(bench)
    await bench.advance(30 * DAY)
    await bench.advance(60 * DAY)
    const [first, ...renewals] = payments(hook.received)
    expect(first).toMatchObject({ is_recurring: true, is_first_recurring: true })
    expect(first?.telegram_payment_charge_id).toBe(charge_id)
    expect(renewals).toHaveLength(3)
    renewals.forEach((renewal, index) => {
      expect(renewal).toMatchObject({ invoice_payload: 'sub-1', is_recurring: true })
      expect(renewal).not.toHaveProperty('is_first_recurring')
      const start = first?.subscription_expiration_date ?? 0
      expect(renewal.subscription_expiration_date).toBe(start + (index + 1) * PERIOD)
    })
    expect(new Set([first, ...renewals].map((p) => p?.telegram_payment_charge_id)).size).toBe(4)
    const checkouts = hook.received.filter(({ update }) => 'pre_checkout_query' in update)
    expect(checkouts).toHaveLength(1)
  })

  it('arrives on its own day even when months pass at once', async () => {
    const bench = await startBench()
    await subscribed(bench)
    const start = bench.simulator.world.clock.unix()
    await bench.advance(61 * DAY)
    const days = bench.deliveries
      .slice(-2)
      .map(({ at_unix }) => Math.round((at_unix - start) / DAY))
    expect(days).toEqual([30, 60])
  })

  it('ends when the person cancels, and goes on when it is enabled again', async () => {
    const bench = await startBench()
    const { hook, act } = await subscribed(bench)
    await act('cancel')
    await act('enable')
    await bench.advance(30 * DAY)
    expect(payments(hook.received)).toHaveLength(2)
    await act('cancel')
    await bench.advance(31 * DAY)
    expect(payments(hook.received)).toHaveLength(2)
    expect(states(hook.received)).toEqual(['canceled', 'active', 'canceled'])
    expect(await act('enable')).toMatchObject({ http: 409, error: 'SUBSCRIPTION_NOT_ACTIVE' })
  })

  it('cancelled by the bot cannot be enabled by the person until the bot lifts it', async () => {
    const bench = await startBench()
    const { hook, act, edit } = await subscribed(bench)
    expect((await edit(true)).result).toBe(true)
    expect(await act('enable')).toMatchObject({ http: 409, error: 'SUBSCRIPTION_CANCELED_BY_BOT' })
    expect((await edit(false)).result).toBe(true)
    expect(states(hook.received)).toEqual([])
    expect(await act('enable')).toMatchObject({ canceled_by_person: false })
    await bench.settle()
    expect(states(hook.received)).toEqual(['active'])
    await edit(true)
    await bench.advance(31 * DAY)
    expect(payments(hook.received)).toHaveLength(1)
    expect((await edit(true)).description).toBe('Bad Request: SUBSCRIPTION_NOT_ACTIVE')
  })

  it('fails without Stars, is tried again, and catches up', async () => {
    const bench = await startBench()
    const { hook } = await subscribed(bench)
    await bench.post('/control/stars', { person_id: ANN, amount: -4500 })
    await bench.advance(30 * DAY)
    expect(states(hook.received)).toEqual(['failed'])
    await bench.post('/control/stars', { person_id: ANN, amount: 1000 })
    await bench.advance(DAY)
    expect(payments(hook.received)).toHaveLength(2)
  })

  it('lapses in the end, and can be made to fail', async () => {
    const bench = await startBench()
    const { hook, act } = await subscribed(bench)
    await act('fail')
    await bench.advance(40 * DAY)
    expect(states(hook.received)).toEqual(['failed'])
    expect(payments(hook.received)).toHaveLength(1)
  })

  it('survives a refund of one of its payments', async () => {
    const bench = await startBench()
    const { hook, charge_id } = await subscribed(bench)
    await bench.api('refundStarPayment', { user_id: ANN, telegram_payment_charge_id: charge_id })
    await bench.advance(30 * DAY)
    expect(payments(hook.received)).toHaveLength(2)
  })
})
