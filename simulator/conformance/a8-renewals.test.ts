import { expect } from 'vitest'
import { ANN, approve, type Bench, startBench } from '@/simulator/server/testing/harness'
import { MONTH, ofType } from './helpers'
import { prove } from './prove'
import { newer, renewals } from './rules/a8-a9-purchase'

const DAY = 86_400

async function subscribed(bench: Bench) {
  const hook = await bench.hook(approve)
  const link = await bench.link({ subscription_period: MONTH })
  const { charge_id } = await bench.pay(link)
  await bench.settle()
  const act = (action: string) =>
    bench.post('/control/subscriptions', { person_id: ANN, charge_id, action })
  return { hook, link, act, payments: () => ofType(hook.received, 'message') }
}

prove(renewals, {
  'A.8-renew-1': async () => {
    const bench = await startBench()
    const { hook, payments } = await subscribed(bench)
    await bench.advance(61 * DAY)
    const ids = payments().map((message) => {
      const payment = message.successful_payment as { telegram_payment_charge_id: string }
      return payment.telegram_payment_charge_id
    })
    expect(new Set(ids).size).toBe(3)
    expect(ofType(hook.received, 'pre_checkout_query')).toHaveLength(1)
  },
  'A.8-renew-2': async () => {
    const bench = await startBench()
    const { hook, payments, act } = await subscribed(bench)
    await bench.post('/control/stars', { person_id: ANN, amount: -4500 })
    await bench.advance(30 * DAY)
    expect(ofType(hook.received, 'subscription')).toMatchObject([{ state: 'failed' }])
    await bench.post('/control/stars', { person_id: ANN, amount: 500 })
    await bench.advance(DAY)
    expect(payments()).toHaveLength(2)
    await bench.advance(40 * DAY)
    expect(await act('enable')).toMatchObject({ error: 'SUBSCRIPTION_NOT_ACTIVE' })
  },
  'A.8-renew-3': async () => {
    const bench = await startBench()
    const { payments, act } = await subscribed(bench)
    expect(await act('fulfill')).toMatchObject({ error: 'SUBSCRIPTION_NOT_FAILED' })
    await bench.post('/control/stars', { person_id: ANN, amount: -4500 })
    await bench.advance(40 * DAY)
    expect(await act('fulfill')).toMatchObject({ error: 'BALANCE_TOO_LOW' })
    await bench.post('/control/stars', { person_id: ANN, amount: 1000 })
    expect(await act('fulfill')).toMatchObject({ state: 'active', failing: false })
    await bench.advance(30.1 * DAY)
    expect(payments()).toHaveLength(3)
  },
  'A.8-renew-4': async () => {
    const bench = await startBench()
    const { hook, payments, act } = await subscribed(bench)
    for (const action of ['cancel', 'enable', 'cancel']) await act(action)
    await bench.advance(31 * DAY)
    expect(payments()).toHaveLength(1)
    const states = ofType(hook.received, 'subscription').map(({ state }) => state)
    expect(states).toEqual(['canceled', 'active', 'canceled'])
    expect(await act('enable')).toMatchObject({ error: 'SUBSCRIPTION_NOT_ACTIVE' })
  },
  'A.8-again-1': async () => {
    const bench = await startBench()
    const { link, act, payments } = await subscribed(bench)
    expect(await bench.pay(link)).toMatchObject({ status: 'paid' })
    await act('cancel')
    await bench.advance(31 * DAY)
    expect(payments()).toHaveLength(3)
  },
})

prove(newer, {
  'A.9-subscription-1': async () => {
    const bench = await startBench()
    const { hook, act } = await subscribed(bench)
    await act('cancel')
    await bench.settle()
    const [update] = ofType(hook.received, 'subscription')
    expect(Object.keys(update ?? {})).toEqual(['user', 'invoice_payload', 'state'])
    expect(update).toMatchObject({ user: { id: ANN }, invoice_payload: 'order-1' })
  },
  'A.9-subscription-2': async () => {
    const bench = await startBench()
    await bench.api('getUpdates', { allowed_updates: ['message', 'pre_checkout_query'] })
    const { hook, act } = await subscribed(bench)
    await act('cancel')
    await bench.settle()
    expect(ofType(hook.received, 'subscription')).toEqual([])
  },
  'A.9-unknown-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/updates', { update: { brand_new_type: { x: 1 } } })
    await bench.settle()
    expect(ofType(hook.received, 'brand_new_type')).toEqual([{ x: 1 }])
  },
})
