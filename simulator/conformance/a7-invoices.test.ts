import { expect } from 'vitest'
import {
  ANN,
  approve,
  BEN,
  type Bench,
  INVOICE,
  startBench,
} from '@/simulator/server/testing/harness'
import { FIAT, MONTH, refusal } from './helpers'
import { prove } from './prove'
import { invoices } from './rules/a7-payments'

const price = (amount: unknown, label: unknown = 'l') => ({ prices: [{ label, amount }] })
const BAD = 'Bad Request: '

/** What createInvoiceLink says of an invoice with these members; 'ok' when it takes it. */
async function said(bench: Bench, more: object): Promise<string> {
  const answer = await bench.api('createInvoiceLink', { ...INVOICE, ...more })
  return answer.ok ? 'ok' : String(answer.description).replace(BAD, '')
}

async function slugOfLink(bench: Bench, more: object): Promise<string> {
  return (await bench.link(more)).replace('https://t.me/$', '')
}

async function form(bench: Bench, more: object) {
  return bench.post('/client/payment-form', {
    person_id: ANN,
    slug: await slugOfLink(bench, more),
  })
}

prove(invoices, {
  'A.7-invoice-1': async () => {
    const bench = await startBench()
    const nothing = { title: '', description: '', payload: '', currency: '' }
    const { title, description } = INVOICE
    expect(await said(bench, nothing)).toBe('parameter "title" is required')
    expect(await said(bench, { ...nothing, title })).toBe('parameter "description" is required')
    expect(await said(bench, { ...nothing, title, description })).toBe(
      'parameter "payload" is required',
    )
  },
  'A.7-invoice-2': async () => {
    const bench = await startBench()
    const parameters = 'title=a&description=b&payload=%ff%fe&currency=XTR&prices=[]'
    const response = await fetch(bench.apiUrl(`createInvoiceLink?${parameters}`))
    expect(await response.json()).toMatchObject({
      description: `${BAD}the payload must be encoded in UTF-8`,
    })
  },
  'A.7-invoice-3': async () => {
    const bench = await startBench()
    expect(await said(bench, { currency: '', prices: '' })).toBe('parameter "currency" is required')
    expect(await said(bench, { prices: '' })).toBe('parameter "prices" is required')
  },
  'A.7-invoice-4': async () => {
    const bench = await startBench()
    const label = "can't parse labeled price: "
    expect(await said(bench, { prices: '[{' })).toBe("can't parse prices JSON object")
    expect(await said(bench, { prices: {} })).toBe('expected an Array of labeled prices')
    expect(await said(bench, { prices: [5] })).toBe(`${label}LabeledPrice must be an Object`)
    expect(await said(bench, price(5, ''))).toBe(`${label}LabeledPrice label must be non-empty`)
    expect(await said(bench, price('5.5'))).toBe(`${label}Field "amount" must be a valid Number`)
    expect(await said(bench, { prices: [] })).toBe('there must be at least one price')
  },
  'A.7-invoice-5': async () => {
    const bench = await startBench()
    expect([await said(bench, price('12')), await said(bench, price(12))]).toEqual(['ok', 'ok'])
  },
  'A.7-invoice-6': async () => {
    const bench = await startBench()
    const tips = (max_tip_amount: unknown, suggested_tip_amounts?: unknown) => {
      return said(bench, { ...FIAT, max_tip_amount, suggested_tip_amounts })
    }
    expect(await tips('x')).toBe('can\'t parse "max_tip_amount" as Number')
    expect(await tips(5, '[')).toBe("can't parse suggested_tip_amounts JSON object")
    expect(await tips(5, {})).toBe('expected an Array of suggested tip amounts')
    expect(await tips(5, [{}])).toBe('suggested tip amount must be of type Number or String')
    expect(await tips(5, ['x'])).toBe("can't parse suggested tip amount as Number")
    expect(await said(bench, { ...price(0), max_tip_amount: 'x' })).toMatch(/max_tip_amount/)
  },
  'A.7-invoice-8': async () => {
    const bench = await startBench()
    const big = 'too big amount of the currency specified'
    expect([await said(bench, price(10 ** 12)), await said(bench, price(-(10 ** 12)))]).toEqual([
      big,
      big,
    ])
  },
  'A.7-invoice-9': async () => {
    const bench = await startBench()
    const two = (first: number, second: number) =>
      said(bench, { ...FIAT, prices: [...price(first).prices, ...price(second).prices] })
    expect(await said(bench, price(0))).toBe('total price must be positive')
    expect(await two(100, -100)).toBe('total price must be positive')
    expect(await two(999_999_999_999, 1)).toBe('total price is too big')
    expect(await two(2000, -500)).toBe('ok')
  },
  'A.7-invoice-10': async () => {
    const bench = await startBench()
    const tips = (max_tip_amount: number, suggested_tip_amounts: number[]) =>
      said(bench, { ...FIAT, max_tip_amount, suggested_tip_amounts })
    expect(await tips(-1, [])).toBe('invalid max_tip_amount of the currency specified')
    expect(await tips(9, [0])).toBe('suggested tip amount must be positive')
    expect(await tips(9, [10])).toBe("suggested tip amount can't be bigger than max_tip_amount")
    expect(await tips(9, [1, 2, 3, 4, 5])).toBe('there can be at most 4 suggested tip amounts')
    expect(await tips(9, [1, 2, 3, 9])).toBe('ok')
  },
  'A.7-invoice-11': async () => {
    const bench = await startBench()
    const sends = { send_email_to_provider: true, send_phone_number_to_provider: true }
    expect((await form(bench, { ...FIAT, ...sends })).needs).toEqual(['phone_number', 'email'])
    expect(await form(bench, { ...FIAT, is_flexible: true })).toMatchObject({
      needs: ['shipping_address'],
      is_flexible: true,
    })
    expect(await form(bench, FIAT)).not.toHaveProperty('needs')
  },
  'A.7-invoice-12': async () => {
    const bench = await startBench()
    expect(await said(bench, { title: 'x'.repeat(33) })).toBe('INVOICE_TITLE_INVALID')
    expect(await said(bench, { description: 'x'.repeat(256) })).toBe('INVOICE_DESCRIPTION_INVALID')
    expect(await said(bench, { payload: 'я'.repeat(65) })).toBe('INVOICE_PAYLOAD_INVALID')
    const most = { title: 'я'.repeat(32), description: 'x'.repeat(255), payload: 'я'.repeat(64) }
    expect(await said(bench, most)).toBe('ok')
  },
  'A.7-invoice-15': async () => {
    const bench = await startBench()
    const bad = { chat_id: '', reply_markup: '{' }
    const send = (more: object) => refusal(bench, 'sendInvoice', { ...INVOICE, ...bad, ...more })
    expect(await send({ payload: 'x'.repeat(129) })).toBe(`${BAD}INVOICE_PAYLOAD_INVALID`)
    expect(await send({})).toMatch(/can't parse reply keyboard markup/)
    expect(await send({ reply_markup: '' })).toBe(`${BAD}chat_id is empty`)
  },
  'A.7-stars-1': async () => {
    const bench = await startBench()
    const two = { prices: [...INVOICE.prices, ...INVOICE.prices] }
    for (const more of [two, { provider_token: '1:TEST:2' }, { max_tip_amount: 5 }]) {
      expect(await said(bench, more)).toBe('STARS_INVOICE_INVALID')
    }
    expect(await said(bench, { provider_token: '' })).toBe('ok')
  },
  'A.7-stars-2': async () => {
    const bench = await startBench()
    const flags = { need_name: true, send_email_to_provider: true, is_flexible: true }
    expect(await form(bench, flags)).not.toHaveProperty('needs')
    bench.simulator.world.settings.star_invoice_flags = 'reject'
    expect(await said(bench, flags)).toBe('STARS_INVOICE_INVALID')
  },
  'A.7-fiat-1': async () => {
    const bench = await startBench()
    for (const more of [{ provider_token: '' }, { provider_token: 'x' }, { currency: 'XXX' }]) {
      expect(await said(bench, { ...FIAT, ...more })).toBe('PAYMENT_PROVIDER_INVALID')
    }
    expect(await said(bench, FIAT)).toBe('ok')
  },
  'A.7-fiat-2': async () => {
    const bench = await startBench()
    const exponent = async (more: object) => (await form(bench, more)).exponent
    expect(await exponent({})).toBe(0)
    expect(await exponent({ ...FIAT, currency: 'JPY' })).toBe(0)
    expect(await exponent(FIAT)).toBe(2)
    expect(await exponent({ ...FIAT, currency: 'HUF' })).toBe(2)
  },
  'A.7-fiat-3': async () => {
    const bench = await startBench()
    const invalid = 'CURRENCY_TOTAL_AMOUNT_INVALID'
    expect(await said(bench, { ...FIAT, ...price(5) })).toBe(invalid)
    expect(await said(bench, { ...FIAT, ...price(5_000_000) })).toBe(invalid)
    expect(await said(bench, { ...FIAT, currency: 'JPY', ...price(99) })).toBe(invalid)
  },
  'A.7-period-1': async () => {
    const bench = await startBench()
    const period = { subscription_period: MONTH }
    expect(await said(bench, { subscription_period: 604_800 })).toBe('SUBSCRIPTION_PERIOD_INVALID')
    expect(await said(bench, { ...FIAT, ...period })).toBe('SUBSCRIPTION_PERIOD_INVALID')
    expect(await said(bench, { ...period, ...price(10_001) })).toBe('SUBSCRIPTION_AMOUNT_INVALID')
    expect(await said(bench, { ...period, ...price(10_000) })).toBe('ok')
  },
  'A.7-period-2': async () => {
    const bench = await startBench()
    const view = await form(bench, { subscription_period: -5 })
    expect(view).not.toHaveProperty('subscription_period')
  },
  'A.7-period-3': async () => {
    const period = { ...INVOICE, chat_id: ANN, subscription_period: MONTH }
    expect(await refusal(await startBench(), 'sendInvoice', period)).toBe(
      `${BAD}SUBSCRIPTION_EXPORT_MISSING`,
    )
  },
  'A.7-period-4': async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const link = await bench.link({ subscription_period: MONTH })
    for (let index = 0; index < 2; index++) await bench.pay(link)
    const { list } = await bench.get(`/control/subscriptions?person_id=${ANN}`)
    expect(list).toMatchObject([{ state: 'active' }, { state: 'active' }])
  },
  'A.7-result-1': async () => {
    const bench = await startBench()
    await bench.say('/start')
    const { result } = await bench.api('sendInvoice', { ...INVOICE, chat_id: ANN })
    const { invoice } = result as { invoice: object }
    expect(JSON.stringify(invoice)).toBe(
      '{"title":"Gold","description":"Thirty days","start_parameter":"","currency":"XTR","total_amount":500}',
    )
  },
  'A.7-result-2': async () => {
    const bench = await startBench()
    await bench.say('/start')
    const first = (extra: object) => ({ inline_keyboard: [[{ text: 'x', ...extra }]] })
    const invoice = { ...INVOICE, chat_id: ANN }
    const bad = { ...invoice, reply_markup: first({ callback_data: 'x' }) }
    expect(await refusal(bench, 'sendInvoice', bad)).toBe(`${BAD}REPLY_MARKUP_BUY_EMPTY`)
    expect((await bench.api('sendInvoice', invoice)).result).not.toHaveProperty('reply_markup')
    const good = { ...invoice, reply_markup: first({ pay: true }) }
    expect((await bench.api('sendInvoice', good)).result).toHaveProperty('reply_markup')
  },
  'A.7-result-3': async () => {
    expect(await (await startBench()).link()).toMatch(/^https:\/\/t\.me\/\$[A-Za-z0-9_\-=]+$/)
  },
  'A.7-result-4': async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const link = await bench.link(price(50))
    for (const person of [ANN, BEN, BEN]) {
      expect(await bench.pay(link, person)).toMatchObject({ status: 'paid' })
    }
  },
})
