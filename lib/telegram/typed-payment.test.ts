import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikePayment } from './typed-payment'

const payment = { currency: 'XTR', total_amount: 500, invoice_payload: 'x' }

describe('looksLikePayment', () => {
  it.each([
    ['a payment', payment],
    ['a message with one', { successful_payment: payment }],
    ['an update with one', { update_id: 1, message: { successful_payment: payment } }],
    ['an update with a refund', { message: { refunded_payment: payment } }],
    ['an update with a question', { pre_checkout_query: { id: '1', ...payment } }],
    ['a list of updates', [{ message: { successful_payment: payment } }]],
  ])('takes for a payment: %s', (_, value) => {
    expect(looksLikePayment(` ${JSON.stringify(value, null, 2)}\n`)).toBe(true)
  })

  it.each([
    '',
    'I paid 500 XTR, invoice_payload x',
    '{',
    '{}',
    '[]',
    'null',
    '"successful_payment"',
    '{"successful_payment":{}}',
    '{"total_amount":500}',
    JSON.stringify({ a: { b: { c: { d: { e: { f: payment } } } } } }),
  ])('takes for an ordinary message: %s', (text) => {
    expect(looksLikePayment(text)).toBe(false)
  })

  it('never throws on what people write, and takes no other JSON for a payment', () => {
    fc.assert(fc.property(fc.string(), (text) => !looksLikePayment(text)))
    fc.assert(fc.property(fc.json(), (text) => !looksLikePayment(text)))
  })
})
