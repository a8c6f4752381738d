import { expect } from 'vitest'
import { ANN, BEN } from '@/simulator/server/testing/harness'
import { BOT_ID, FIAT, MONTH } from './helpers'
import { got, hooked, paid } from './hooked'
import { prove } from './prove'
import { payments } from './rules/b-updates'

const CARD = { ...FIAT, need_name: true, need_email: true, max_tip_amount: 500 }

prove(payments, {
  'B.4-checkout-1': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link())
    const [query] = await got(bench, hook, 'pre_checkout_query')
    expect(Object.keys(query ?? {})).toEqual([
      'id',
      'from',
      'currency',
      'total_amount',
      'invoice_payload',
    ])
  },
  'B.4-checkout-2': async () => {
    const { bench, hook } = await hooked()
    for (const subscription_period of [0, MONTH]) {
      await bench.pay(await bench.link({ subscription_period }))
    }
    const [one, two] = await got(bench, hook, 'pre_checkout_query')
    expect({ ...one, id: '' }).toEqual({ ...two, id: '' })
  },
  'B.5-checkout-1': async () => {
    const { bench, hook } = await hooked()
    const order_info = { name: 'Ann Lee', email: 'ann@example.com' }
    await bench.pay(await bench.link(CARD), ANN, { tip_amount: 50, order_info })
    expect(await got(bench, hook, 'pre_checkout_query')).toMatchObject([
      { currency: 'EUR', total_amount: 1500, order_info },
    ])
  },
  'B.5-checkout-2': async () => {
    const { bench, hook } = await hooked()
    const everything = { name: 'Ann Lee', email: 'ann@example.com', phone_number: '4915112345678' }
    await bench.pay(await bench.link({ ...FIAT, need_email: true }), ANN, {
      order_info: everything,
    })
    await bench.pay(await bench.link(FIAT))
    const queries = await got(bench, hook, 'pre_checkout_query')
    expect(queries.map(({ order_info }) => order_info)).toEqual([
      { email: 'ann@example.com' },
      undefined,
    ])
  },
  'B.6-payment-1': async () => {
    const { bench, hook } = await hooked()
    const { charge_id } = await bench.pay(await bench.link())
    const [message] = await got(bench, hook, 'message')
    expect(message).toMatchObject({ from: { id: ANN }, chat: { id: ANN, type: 'private' } })
    expect(message?.successful_payment).toEqual({
      currency: 'XTR',
      total_amount: 500,
      invoice_payload: 'order-1',
      telegram_payment_charge_id: charge_id,
      provider_payment_charge_id: expect.any(String),
    })
  },
  'B.6-payment-2': async () => {
    const { bench, hook } = await hooked()
    await bench.say('/start')
    const invoice = { title: 'a', description: 'b', payload: 'for-ann', currency: 'XTR' }
    const prices = [{ label: 'x', amount: 5 }]
    await bench.api('sendInvoice', { ...invoice, prices, chat_id: ANN })
    const { list } = await bench.get(`/control/chats/${ANN}`)
    const slug = (list as { invoice?: { slug: string } }[])[1]?.invoice?.slug
    await bench.pay(`https://t.me/$${slug}`, BEN)
    const messages = await got(bench, hook, 'message')
    expect(messages.at(-1)).toMatchObject({ from: { id: BEN }, chat: { id: BEN } })
  },
  'B.7-first-1': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link({ subscription_period: MONTH }))
    const [message] = await got(bench, hook, 'message')
    expect(message?.successful_payment).toMatchObject({
      is_recurring: true,
      is_first_recurring: true,
      subscription_expiration_date: Number(message?.date) + MONTH,
    })
  },
  'B.8-renewal-1': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link({ subscription_period: MONTH }))
    await bench.advance(MONTH + 1)
    const [first, renewal] = await paid(bench, hook)
    expect(renewal).toEqual({
      ...first,
      telegram_payment_charge_id: expect.stringMatching(/^stx/),
      provider_payment_charge_id: expect.any(String),
      is_first_recurring: undefined,
      subscription_expiration_date: Number(first?.subscription_expiration_date) + MONTH,
    })
    expect(renewal).not.toHaveProperty('is_first_recurring')
    expect(renewal?.telegram_payment_charge_id).not.toBe(first?.telegram_payment_charge_id)
  },
  'B.9-card-1': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link(CARD))
    const [payment] = await paid(bench, hook)
    expect(payment).toMatchObject({
      currency: 'EUR',
      order_info: { name: 'Ann Lee', email: `person${ANN}@example.com` },
      telegram_payment_charge_id: expect.stringMatching(/^\d+_\d+_\d+$/),
      provider_payment_charge_id: expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/),
    })
  },
  'B.10-refund-1': async () => {
    const { bench, hook } = await hooked()
    const { charge_id } = await bench.pay(await bench.link())
    const charge = { user_id: ANN, telegram_payment_charge_id: charge_id }
    await bench.api('refundStarPayment', charge)
    const message = (await got(bench, hook, 'message')).at(-1)
    expect(message).toMatchObject({ from: { id: BOT_ID, is_bot: true }, chat: { id: ANN } })
    expect(message?.refunded_payment).toMatchObject({
      currency: 'XTR',
      total_amount: 500,
      invoice_payload: 'order-1',
      telegram_payment_charge_id: charge_id,
    })
  },
  'B.10-refund-2': async () => {
    const { bench, hook } = await hooked()
    const { charge_id } = await bench.pay(await bench.link())
    await bench.post('/control/refunds', { charge_id })
    const message = (await got(bench, hook, 'message')).at(-1)
    expect(message).toHaveProperty('refunded_payment')
  },
})
