import { expect } from 'vitest'
import { ANN, approve, BEN, startBench } from '@/simulator/server/testing/harness'
import { balance, MONTH } from './helpers'
import { BAD, DAY, sold, subscribed, transactions } from './money'
import { prove } from './prove'
import { books } from './rules/a7-payments'

prove(books, {
  'A.7-list-1': async () => {
    const bench = await startBench()
    await bench.hook(approve)
    for (const payload of ['a', 'b', 'c']) {
      await bench.pay(await bench.link({ payload }))
      await bench.advance(5)
    }
    expect(await transactions(bench, { offset: 1, limit: 1 })).toMatchObject([
      { source: { invoice_payload: 'b' } },
    ])
    expect(await transactions(bench, { offset: -7, limit: 9999 })).toHaveLength(3)
    expect(await transactions(bench, { limit: -1 })).toHaveLength(1)
  },
  'A.7-list-2': async () => {
    const bench = await startBench()
    const { refund } = await sold(bench)
    await refund()
    for (const entry of await transactions(bench)) {
      expect('source' in entry).not.toBe('receiver' in entry)
      expect(entry.amount).toBe(500)
    }
  },
  'A.7-list-3': async () => {
    const bench = await startBench()
    const { charge } = await subscribed(bench)
    expect(await transactions(bench)).toEqual([
      {
        id: charge.telegram_payment_charge_id,
        date: expect.any(Number),
        source: {
          transaction_type: 'invoice_payment',
          type: 'user',
          user: expect.objectContaining({ id: ANN, is_bot: false }),
          invoice_payload: 'order-1',
          subscription_period: MONTH,
        },
        amount: 500,
      },
    ])
  },
  'A.7-list-4': async () => {
    const bench = await startBench()
    const programme = { person_id: ANN, affiliate_person_id: BEN, per_mille: 33 }
    await bench.post('/control/affiliates', programme)
    const { refund } = await sold(bench)
    const share = { commission_per_mille: 33, amount: 16, nanostar_amount: 500_000_000 }
    expect(await transactions(bench)).toMatchObject([
      {
        amount: 483,
        nanostar_amount: 500_000_000,
        source: { affiliate: { ...share, affiliate_user: { id: BEN } } },
      },
    ])
    expect(bench.simulator.world.people.get(BEN)?.stars).toBe(116)
    await refund()
    expect((await transactions(bench))[1]).toMatchObject({
      receiver: { affiliate: { amount: -16, nanostar_amount: -500_000_000 } },
    })
    expect(await balance(bench)).toEqual({ amount: 0 })
  },
  'A.7-list-5': async () => {
    const bench = await startBench()
    await sold(bench)
    expect(await bench.post('/control/withdrawals', {})).toMatchObject({ amount: 500, stars: 0 })
    expect(await bench.post('/control/withdrawals', {})).toMatchObject({ error: 'BALANCE_TOO_LOW' })
    expect((await transactions(bench))[1]).toMatchObject({
      amount: 500,
      receiver: { type: 'fragment', withdrawal_state: { type: 'succeeded' } },
    })
  },
  'A.7-balance-1': async () => {
    const bench = await startBench()
    expect(await balance(bench)).toEqual({ amount: 0 })
    await bench.hook(approve)
    await bench.pay(await bench.link(), ANN, { affiliate_per_mille: 1 })
    expect(await balance(bench)).toEqual({ amount: 499, nanostar_amount: 500_000_000 })
  },
  'A.7-edit-1': async () => {
    const { edit } = await subscribed(await startBench())
    expect((await edit({ telegram_payment_charge_id: '' })).description).toBe(
      `${BAD}CHARGE_ID_INVALID`,
    )
    expect((await edit({ user_id: 5 })).description).toBe(`${BAD}USER_ID_INVALID`)
    expect((await edit({ is_canceled: true })).result).toBe(true)
  },
  'A.7-edit-2': async () => {
    const bench = await startBench()
    const { edit, act } = await subscribed(bench)
    await edit({ is_canceled: true })
    expect((await edit({})).result).toBe(true)
    expect(await act('enable')).toMatchObject({ http: 200, canceled_by_bot: false })
  },
  'A.7-edit-3': async () => {
    const bench = await startBench()
    const { edit, act, payments } = await subscribed(bench)
    await edit({ is_canceled: true })
    expect(await act('enable')).toMatchObject({ error: 'SUBSCRIPTION_CANCELED_BY_BOT' })
    const of = async () => (await bench.get(`/control/subscriptions?person_id=${ANN}`)).list
    await bench.advance(29 * DAY)
    expect(await of()).toMatchObject([{ state: 'active' }])
    await bench.advance(2 * DAY)
    expect(await of()).toMatchObject([{ state: 'ended' }])
    expect(await payments()).toBe(1)
  },
  'A.7-edit-4': async () => {
    const bench = await startBench()
    const { edit, act, payments } = await subscribed(bench)
    await edit({ is_canceled: true })
    await edit({ is_canceled: false })
    expect(await act('enable')).toMatchObject({ canceled_by_person: false })
    await bench.advance(30 * DAY)
    expect(await payments()).toBe(2)
    await edit({ is_canceled: true })
    await edit({ is_canceled: false })
    await bench.advance(30 * DAY)
    expect(await payments()).toBe(2)
  },
  'A.7-edit-5': async () => {
    const { edit } = await subscribed(await startBench())
    for (let index = 0; index < 2; index++) {
      expect((await edit({ is_canceled: true })).result).toBe(true)
    }
  },
})
