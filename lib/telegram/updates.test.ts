import { describe, expect, it } from 'vitest'
import {
  readPreCheckoutQuery,
  readRefundedPayment,
  readSubscription,
  readSuccessfulPayment,
} from './updates'

const largestId = 4_503_599_627_370_495
const from = { id: largestId, first_name: 'Ada', username: 'ada', is_bot: false }
const payment = {
  currency: 'XTR',
  total_amount: 500,
  invoice_payload: 'p',
  telegram_payment_charge_id: 'c'.repeat(200),
  provider_payment_charge_id: '',
}
const paid = (overrides: object = {}, message: object = {}) =>
  readSuccessfulPayment({
    message_id: 1,
    date: 1_795_435_200,
    chat: { id: largestId, type: 'private', first_name: 'Ada' },
    from,
    successful_payment: { ...payment, ...overrides },
    ...message,
  })

describe('a payment told by an update', () => {
  it('keeps ids of 52 bits and charge ids of 200 characters exactly', () => {
    expect(paid()).toEqual({
      provider: 'stars',
      chargeId: 'c'.repeat(200),
      providerChargeId: null,
      payer: {
        telegramUserId: largestId,
        firstName: 'Ada',
        lastName: null,
        username: 'ada',
        languageCode: null,
      },
      currency: 'XTR',
      amount: 500,
      payload: 'p',
      isRecurring: false,
      isFirstRecurring: false,
      subscriptionExpiresAt: null,
      chargedAt: new Date('2026-11-23T12:00:00Z'),
      toldBy: 'update',
      orderInfo: null,
    })
  })

  it('takes the payer from the chat when nobody is named', () => {
    expect(paid({}, { from: undefined }).payer).toMatchObject({
      telegramUserId: largestId,
      firstName: 'Ada',
    })
  })

  it('reads a first payment as recurring even where only one flag says so', () => {
    const first = { is_first_recurring: true, subscription_expiration_date: 1_798_027_200 }
    expect(paid(first)).toMatchObject({
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: new Date('2026-12-23T12:00:00Z'),
    })
    expect(paid({ is_recurring: true })).toMatchObject({ isFirstRecurring: false })
  })

  it('knows a provider’s card by its currency, with its id and what the buyer filled in', () => {
    const card = {
      currency: 'GBP',
      provider_payment_charge_id: 'ch_1',
      order_info: { name: 'Ada' },
    }
    expect(paid(card)).toMatchObject({
      provider: 'telegram',
      providerChargeId: 'ch_1',
      orderInfo: { name: 'Ada' },
    })
  })

  it('does not mind fields that Telegram adds', () => {
    expect(paid({ brand_new: { deep: true } }, { brand_new: 1 })).toEqual(paid())
  })

  it.each([
    ['no charge id', { telegram_payment_charge_id: '' }],
    ['half a Star', { total_amount: 0.5 }],
    ['an amount that is a text', { total_amount: '500' }],
    ['no currency', { currency: '' }],
  ])('has no documented shape with %s', (_, overrides) => {
    expect(() => paid(overrides)).toThrow()
  })
})

describe('a refund told by an update', () => {
  it('belongs to the person of the chat, though the bot is its sender', () => {
    const told = readRefundedPayment({
      date: 1_795_435_200,
      from: { id: 1, is_bot: true, first_name: 'Shop' },
      chat: { id: largestId, type: 'private' },
      refunded_payment: payment,
    })
    expect(told).toMatchObject({
      provider: 'stars',
      telegramUserId: largestId,
      providerChargeId: null,
      amount: 500,
      refundedAt: new Date('2026-11-23T12:00:00Z'),
    })
  })

  it('of a card keeps the provider’s id', () => {
    const refund = { ...payment, currency: 'GBP', provider_payment_charge_id: 'ch_1' }
    const message = { date: 1, chat: { id: 42 }, refunded_payment: refund }
    expect(readRefundedPayment(message)).toMatchObject({
      provider: 'telegram',
      providerChargeId: 'ch_1',
    })
  })

  it('belongs to nobody in a group', () => {
    const message = { date: 1, chat: { id: -100 }, refunded_payment: payment }
    expect(() => readRefundedPayment(message)).toThrow()
  })
})

describe('a question and word about a subscription', () => {
  it('name payer, money and payload', () => {
    const query = { id: '9', from, currency: 'XTR', total_amount: 500, invoice_payload: 'p' }
    expect(readPreCheckoutQuery(query)).toMatchObject({
      id: '9',
      payer: { telegramUserId: largestId },
      amount: 500,
      payload: 'p',
    })
    expect(() => readPreCheckoutQuery({ ...query, id: '' })).toThrow()
  })

  it('has one of three states', () => {
    const update = { user: from, invoice_payload: 'p', state: 'failed' }
    expect(readSubscription(update)).toEqual({
      telegramUserId: largestId,
      payload: 'p',
      state: 'failed',
    })
    expect(() => readSubscription({ ...update, state: 'paused' })).toThrow()
  })
})
