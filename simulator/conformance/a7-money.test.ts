import { expect } from 'vitest'
import { ANN, approve, BEN, startBench } from '@/simulator/server/testing/harness'
import { answerWith, buy, FIAT, ofType, refusal, TOO_OLD } from './helpers'
import { BAD, DAY, sold, subscribed, transactions } from './money'
import { prove } from './prove'
import { money } from './rules/a7-payments'

prove(money, {
  'A.7-checkout-1': async () => {
    const bench = await startBench()
    for (const pre_checkout_query_id of ['x', '', '5', '-17']) {
      const query = { pre_checkout_query_id, ok: true }
      expect(await refusal(bench, 'answerPreCheckoutQuery', query)).toBe(TOO_OLD)
    }
  },
  'A.7-checkout-2': async () => {
    const bench = await startBench()
    const required = `${BAD}parameter "error_message" is required`
    expect(await refusal(bench, 'answerPreCheckoutQuery', {})).toBe(required)
    await bench.hook(answerWith({ ok: true, error_message: 'ignored' }))
    expect(await bench.pay(await bench.link())).toMatchObject({ status: 'paid' })
  },
  'A.7-checkout-3': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.post('/control/faults', { decline_after_approval: 1 })
    const payment = buy(bench, await bench.link())
    await bench.settle()
    const [query] = ofType(hook.received, 'pre_checkout_query')
    const answer = { pre_checkout_query_id: query?.id, ok: true }
    expect((await bench.api('answerPreCheckoutQuery', answer)).result).toBe(true)
    expect(await payment).toMatchObject({ error: 'PAYMENT_FAILED' })
  },
  'A.7-checkout-4': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    const link = await bench.link()
    const ask = async () => {
      const payment = buy(bench, link)
      await bench.settle()
      const query = ofType(hook.received, 'pre_checkout_query').at(-1)
      return { payment, answer: { pre_checkout_query_id: query?.id, ok: true } }
    }
    const first = await ask()
    expect((await bench.api('answerPreCheckoutQuery', first.answer)).ok).toBe(true)
    expect(await refusal(bench, 'answerPreCheckoutQuery', first.answer)).toBe(TOO_OLD)
    const second = await ask()
    await bench.advance(11)
    expect(await refusal(bench, 'answerPreCheckoutQuery', second.answer)).toBe(TOO_OLD)
    expect(await second.payment).toMatchObject({ status: 'failed' })
  },
  'A.7-shipping-1': async () => {
    const bench = await startBench()
    const answer = (more: object) => refusal(bench, 'answerShippingQuery', more)
    const option = { id: 'a', title: 'b', prices: [{ label: 'c', amount: 1 }] }
    expect(await answer({})).toBe(`${BAD}parameter "error_message" is required`)
    expect(await answer({ ok: true })).toBe(`${BAD}can't parse shipping options JSON object`)
    expect(await answer({ ok: true, shipping_options: [] })).toBe(
      `${BAD}there must be at least one shipping option`,
    )
    expect(await answer({ ok: true, shipping_options: [option] })).toBe(TOO_OLD)
  },
  'A.7-shipping-2': async () => {
    const bench = await startBench()
    const option = (id: string, amount: number) => ({
      id,
      title: id,
      prices: [{ label: id, amount }],
    })
    const shipping_options = [option('slow', 300), option('fast', 900)]
    const hook = await bench.hook((received) => {
      const query = received.update.shipping_query as { id: string } | undefined
      if (query === undefined) return approve(received)
      const answer = { shipping_query_id: query.id, ok: true, shipping_options }
      return { body: { method: 'answerShippingQuery', ...answer } }
    })
    const link = await bench.link({ ...FIAT, is_flexible: true })
    expect(await bench.pay(link, ANN, { shipping_option_id: 'fast' })).toMatchObject({
      status: 'paid',
    })
    expect(ofType(hook.received, 'shipping_query')).toMatchObject([
      { from: { id: ANN }, invoice_payload: 'order-1', shipping_address: { city: 'Berlin' } },
    ])
    expect(ofType(hook.received, 'pre_checkout_query')).toMatchObject([
      { total_amount: 2350, shipping_option_id: 'fast' },
    ])
  },
  'A.7-refund-1': async () => {
    const bench = await startBench()
    for (const user_id of [undefined, 0, -5, 'x']) {
      expect(await refusal(bench, 'refundStarPayment', { user_id })).toBe(
        `${BAD}invalid user_id specified`,
      )
    }
    expect(await refusal(bench, 'refundStarPayment', { user_id: ANN })).toBe(
      `${BAD}parameter "telegram_payment_charge_id" is required`,
    )
  },
  'A.7-refund-2': async () => {
    const { refund } = await sold(await startBench())
    expect((await refund()).result).toBe(true)
    expect((await refund()).description).toBe(`${BAD}CHARGE_ALREADY_REFUNDED`)
  },
  'A.7-refund-3': async () => {
    const bench = await startBench()
    const { charge } = await sold(bench)
    const of = (more: object) => refusal(bench, 'refundStarPayment', { ...charge, ...more })
    expect(await of({ telegram_payment_charge_id: 'x' })).toBe(`${BAD}CHARGE_ID_EMPTY`)
    expect(await of({ user_id: BEN })).toBe(`${BAD}CHARGE_ID_EMPTY`)
    expect(await of({ user_id: 5 })).toBe(`${BAD}USER_ID_INVALID`)
  },
  'A.7-refund-4': async () => {
    const bench = await startBench()
    const { refund } = await sold(bench)
    expect(await bench.post('/control/withdrawals', { amount: 1 })).toMatchObject({ stars: 499 })
    expect((await refund()).description).toBe(`${BAD}BALANCE_TOO_LOW`)
    await bench.pay(await bench.link())
    expect((await refund()).result).toBe(true)
  },
  'A.7-refund-5': async () => {
    const bench = await startBench()
    const { hook, refund, charge } = await sold(bench)
    await refund()
    await bench.settle()
    const id = charge.telegram_payment_charge_id
    expect(ofType(hook.received, 'message').at(-1)).toMatchObject({
      refunded_payment: { telegram_payment_charge_id: id },
    })
    expect((await transactions(bench)).map((entry) => [entry.id, 'receiver' in entry])).toEqual([
      [id, false],
      [id, true],
    ])
  },
  'A.7-refund-6': async () => {
    const bench = await startBench()
    const { refund, payments } = await subscribed(bench)
    await bench.advance(100 * DAY)
    expect((await refund()).result).toBe(true)
    const before = await payments()
    await bench.advance(30 * DAY)
    expect(await payments()).toBe(before + 1)
  },
})
