import { expect } from 'vitest'
import { ANN, approve, BEN, type Bench, startBench } from '@/simulator/server/testing/harness'
import { TEST_CARDS } from '@/simulator/wire'
import { answerWith, buy, FIAT, ofType } from './helpers'
import { prove } from './prove'
import { purchase } from './rules/a8-a9-purchase'

const DAY = 86_400
const ORDER = { need_name: true, need_phone_number: true, need_email: true }
const ADDRESS = { country_code: 'DE', city: 'Berlin', street_line1: 'Weg 1', post_code: '10115' }

async function openForm(bench: Bench, more: object = {}): Promise<string> {
  const slug = (await bench.link(more)).replace('https://t.me/$', '')
  return String((await bench.post('/client/payment-form', { person_id: ANN, slug })).form_id)
}

const submit = (bench: Bench, form_id: string, more: object = {}) =>
  bench.post('/client/payment', { person_id: ANN, form_id, ...more })
const fillIn = (bench: Bench, form_id: string, order_info: object) =>
  bench.post('/client/order-info', { person_id: ANN, form_id, order_info })
const starsOf = (bench: Bench) => bench.simulator.world.people.get(ANN)?.stars

prove(purchase, {
  'A.8-form-1': async () => {
    const bench = await startBench()
    const slug = (await bench.link()).replace('https://t.me/$', '')
    const form = await bench.post('/client/payment-form', { person_id: ANN, slug })
    expect(form).toMatchObject({
      title: 'Gold',
      prices: [{ label: 'Gold', amount: 500 }],
      total_amount: 500,
      balance: 5000,
    })
    const none = { person_id: ANN, slug: 'none' }
    expect(await bench.post('/client/payment-form', none)).toMatchObject({ error: 'SLUG_INVALID' })
  },
  'A.8-form-2': async () => {
    const bench = await startBench()
    const form = await openForm(bench)
    await bench.advance(601)
    expect(await submit(bench, form)).toMatchObject({ error: 'FORM_EXPIRED' })
  },
  'A.8-form-3': async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const form = await openForm(bench)
    expect(await submit(bench, form)).toMatchObject({ status: 'paid' })
    expect(await submit(bench, form)).toMatchObject({ error: 'FORM_SUBMIT_DUPLICATE' })
  },
  'A.8-order-1': async () => {
    const bench = await startBench()
    const form = await openForm(bench, { ...FIAT, ...ORDER, need_shipping_address: true })
    const good = { name: 'Ann', phone_number: '+4915112345678', email: 'a@b.de' }
    const errors = []
    for (const more of [
      { name: ' ' },
      { phone_number: 'x' },
      { email: 'a@b' },
      {},
      { shipping_address: { ...ADDRESS, country_code: 'Germany' } },
      { shipping_address: { ...ADDRESS, city: '' } },
      { shipping_address: { ...ADDRESS, post_code: '' } },
    ]) {
      errors.push((await fillIn(bench, form, { ...good, ...more })).error)
    }
    expect(errors).toEqual([
      'REQ_INFO_NAME_INVALID',
      'REQ_INFO_PHONE_INVALID',
      'REQ_INFO_EMAIL_INVALID',
      'ADDRESS_COUNTRY_INVALID',
      'ADDRESS_COUNTRY_INVALID',
      'ADDRESS_CITY_INVALID',
      'ADDRESS_POSTCODE_INVALID',
    ])
    const full = { ...good, shipping_address: ADDRESS }
    expect(await fillIn(bench, form, full)).toEqual({ http: 200 })
  },
  'A.8-order-2': async () => {
    const bench = await startBench()
    const link = await bench.link({ ...FIAT, is_flexible: true })
    const silent = buy(bench, link)
    await bench.advance(11)
    expect(await silent).toMatchObject({ error: 'SHIPPING_BOT_TIMEOUT' })
    await bench.hook(
      ({ update }) => {
        const { id } = update.shipping_query as { id: string }
        const no = { shipping_query_id: id, ok: false, error_message: 'Not to Mars' }
        return { body: { method: 'answerShippingQuery', ...no } }
      },
      { drop_pending_updates: true },
    )
    expect(await bench.pay(link)).toMatchObject({
      error: 'SHIPPING_NOT_AVAILABLE',
      message: 'Not to Mars',
    })
    const form = await openForm(bench, { ...FIAT, is_flexible: true })
    expect(await submit(bench, form)).toMatchObject({ error: 'SHIPPING_OPTION_INVALID' })
  },
  'A.8-submit-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    expect(await bench.pay(await bench.link(), BEN)).toMatchObject({ error: 'BALANCE_TOO_LOW' })
    await bench.settle()
    expect(hook.received).toEqual([])
  },
  'A.8-submit-2': async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const form = await openForm(bench, FIAT)
    const card = '4000 0000 0000 3220'
    expect(await submit(bench, form, { card })).toMatchObject({ status: 'verification' })
    await bench.settle()
    expect(hook.received).toEqual([])
    const verify = (approved: boolean) =>
      bench.post('/client/payment-verification', { person_id: ANN, form_id: form, approved })
    expect(await verify(false)).toMatchObject({ error: 'PAYMENT_VERIFICATION_FAILED' })
    expect(await submit(bench, form, { card })).toMatchObject({ status: 'verification' })
    expect(await verify(true)).toMatchObject({ status: 'paid' })
    expect(
      await bench.pay(await bench.link(FIAT), ANN, { card, verification: 'refuse' }),
    ).toMatchObject({ error: 'PAYMENT_VERIFICATION_FAILED' })
  },
  'A.8-submit-3': async () => {
    const bench = await startBench()
    const form = await openForm(bench, FIAT)
    const refused = { error: 'PAYMENT_CREDENTIALS_INVALID' }
    expect(await submit(bench, form, { card: '1234' })).toMatchObject(refused)
    expect(await submit(bench, form, { tip_amount: 5 })).toMatchObject({ error: 'TIP_INVALID' })
  },
  'A.8-ask-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    const payment = buy(bench, await bench.link())
    await bench.advance(9)
    const [query] = ofType(hook.received, 'pre_checkout_query')
    expect(query?.id).toMatch(/^-?\d{5,20}$/)
    const answer = { pre_checkout_query_id: query?.id, ok: true }
    expect((await bench.api('answerPreCheckoutQuery', answer)).result).toBe(true)
    expect(await payment).toMatchObject({ status: 'paid' })
  },
  'A.8-outcome-1': async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const { charge_id } = await bench.pay(await bench.link())
    await bench.settle()
    expect(starsOf(bench)).toBe(4500)
    expect(ofType(hook.received, 'message')).toMatchObject([
      { successful_payment: { telegram_payment_charge_id: charge_id } },
    ])
  },
  'A.8-outcome-2': async () => {
    const bench = await startBench()
    await bench.hook(answerWith({ ok: false, error_message: 'Sold out' }))
    expect(await bench.pay(await bench.link())).toMatchObject({
      error: 'BOT_PRECHECKOUT_FAILED',
      message: 'Sold out',
    })
    expect(starsOf(bench)).toBe(5000)
  },
  'A.8-outcome-3': async () => {
    const bench = await startBench()
    const payment = buy(bench, await bench.link())
    await bench.advance(10.1)
    expect(await payment).toMatchObject({ error: 'BOT_PRECHECKOUT_TIMEOUT' })
    expect(starsOf(bench)).toBe(5000)
  },
  'A.8-outcome-4': async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const card = TEST_CARDS.declined
    const outcome = await bench.pay(await bench.link(FIAT), ANN, { card })
    expect(outcome).toMatchObject({ error: 'PAYMENT_FAILED' })
    await bench.advance(DAY)
    expect(bench.deliveries).toMatchObject([{ reply_method: 'answerPreCheckoutQuery' }])
    expect(ofType(hook.received, 'message')).toEqual([])
  },
})
