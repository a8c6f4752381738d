import { type Api, GrammyError, HttpError } from 'grammy'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Refusal } from '@/lib/kit/errors'
import { retryAfterSeconds } from './client'
import { createInvoiceLink } from './invoices'
import { refundStarPayment } from './refunds'
import { sendMessage } from './send-message'
import { listStarTransactions } from './star-transactions'
import { editSubscription, stopSubscriptionAt } from './subscriptions'

const api = vi.hoisted(() => ({
  refundStarPayment: vi.fn(),
  sendMessage: vi.fn(),
  createInvoiceLink: vi.fn(),
  editUserStarSubscription: vi.fn(),
  getStarTransactions: vi.fn(),
}))
vi.mock('./client', async (original) => ({
  ...(await original<typeof import('./client')>()),
  // The room calls nothing else of the Bot API.
  telegram: () => api as unknown as Api,
}))

beforeEach(() => {
  for (const call of Object.values(api)) call.mockReset()
})

const says = (code: number, description: string, retryAfter?: number) =>
  new GrammyError(
    'refused',
    {
      ok: false,
      error_code: code,
      description,
      parameters: retryAfter === undefined ? {} : { retry_after: retryAfter },
    },
    'method',
    {},
  )
const silent = new HttpError('no answer', new Error('socket hang up'))

describe('how long to wait', () => {
  it.each([
    [7, says(429, 'Too Many Requests: retry after 7', 7)],
    [1, says(429, 'Too Many Requests')],
    [undefined, says(400, 'Bad Request', 7)],
    [undefined, silent],
  ])('is %s', (seconds, error) => expect(retryAfterSeconds(error)).toBe(seconds))
})

describe('a refund', () => {
  const refund = () => refundStarPayment(42, 'stx')

  it('is done when Telegram says so, and when it was done before', async () => {
    api.refundStarPayment.mockResolvedValueOnce(true)
    expect(await refund()).toEqual({ kind: 'refunded' })
    api.refundStarPayment.mockRejectedValueOnce(says(400, 'Bad Request: CHARGE_ALREADY_REFUNDED'))
    expect(await refund()).toEqual({ kind: 'refunded' })
  })

  it('is refused by the name Telegram gives', async () => {
    api.refundStarPayment.mockRejectedValueOnce(says(400, 'Bad Request: BALANCE_TOO_LOW'))
    expect(await refund()).toEqual({ kind: 'refused', problem: 'BALANCE_TOO_LOW' })
  })

  it('waits as long as Telegram asks', async () => {
    api.refundStarPayment.mockRejectedValueOnce(says(429, 'Too Many Requests', 9))
    expect(await refund()).toEqual({ kind: 'later', seconds: 9 })
  })

  it.each([
    ['Telegram failed', says(500, 'Internal Server Error')],
    ['the token is refused', says(401, 'Unauthorized')],
    ['nobody answered', silent],
  ])('has no outcome when %s, so it is asked again', async (_, error) => {
    api.refundStarPayment.mockRejectedValueOnce(error)
    await expect(refund()).rejects.toBe(error)
  })
})

describe('a message', () => {
  it.each([
    ['blocked', says(403, 'Forbidden: bot was blocked by the user')],
    ['never_started', says(403, "Forbidden: bot can't initiate conversation with a user")],
    ['never_started', says(400, 'Bad Request: chat not found')],
  ])('cannot reach its person: %s', async (reachable, error) => {
    api.sendMessage.mockRejectedValueOnce(error)
    expect(await sendMessage(42, 'hello')).toEqual({ kind: 'unreachable', reachable })
  })

  it('waits as long as Telegram asks', async () => {
    api.sendMessage.mockRejectedValueOnce(says(429, 'Too Many Requests', 3))
    expect(await sendMessage(42, 'hello')).toEqual({ kind: 'later', seconds: 3 })
  })

  it.each([
    ['a fault of ours', says(400, 'Bad Request: message text is empty')],
    ['no answer', silent],
  ])('is not taken for undeliverable because of %s', async (_, error) => {
    api.sendMessage.mockRejectedValueOnce(error)
    await expect(sendMessage(42, 'hello')).rejects.toBe(error)
  })
})

describe('the renewal of a subscription', () => {
  it.each([
    ['stopped', undefined],
    ['not_active', says(400, 'Bad Request: SUBSCRIPTION_NOT_ACTIVE')],
    ['unknown', says(400, 'Bad Request: CHARGE_ID_INVALID')],
  ])('counts as %s', async (outcome, error) => {
    if (error) api.editUserStarSubscription.mockRejectedValueOnce(error)
    expect(await stopSubscriptionAt(42, 'stx')).toBe(outcome)
  })

  it('is asked for again when nobody answered', async () => {
    api.editUserStarSubscription.mockRejectedValueOnce(silent)
    await expect(stopSubscriptionAt(42, 'stx')).rejects.toBe(silent)
  })

  it('tells somebody who waits that Telegram did not do it, and how long to wait', async () => {
    api.editUserStarSubscription.mockRejectedValueOnce(says(429, 'Too Many Requests', 4))
    const refusal = await editSubscription(42, 'stx', { isCanceled: true }).catch((error) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ code: 'telegram_unavailable', retryAfterSeconds: 4 })
  })
})

describe('an invoice link', () => {
  const invoice = (kind: 'one_off' | 'subscription', currency: string) => ({
    plan: { code: 'gold', name: 'G'.repeat(40), description: '', kind },
    price: { amount: 500, currency },
    payload: 'p',
  })

  it('asks for the period of a subscription, and for a name only where a card pays', async () => {
    api.createInvoiceLink.mockResolvedValue('https://t.me/$x')
    await createInvoiceLink(invoice('subscription', 'XTR'))
    await createInvoiceLink(invoice('one_off', 'GBP'))
    const title = 'G'.repeat(32)
    const calls = api.createInvoiceLink.mock.calls
    expect(calls[0]).toEqual([
      title,
      'G'.repeat(40),
      'p',
      '',
      'XTR',
      [{ label: title, amount: 500 }],
      { subscription_period: 2_592_000 },
    ])
    expect(calls[1]?.at(-1)).toEqual({ need_name: true, need_email: true })
  })

  it('is not handed out unless it is one', async () => {
    api.createInvoiceLink.mockResolvedValueOnce('javascript:alert(1)')
    await expect(createInvoiceLink(invoice('one_off', 'XTR'))).rejects.toThrow(Refusal)
  })
})

describe('Telegram’s list', () => {
  const person = { type: 'user', transaction_type: 'invoice_payment', user: { id: 42 } }
  const read = async (row: object) => {
    const transactions = [{ id: 'stx', amount: 500, date: 1_795_435_200, ...row }]
    api.getStarTransactions.mockResolvedValueOnce({ transactions })
    return (await listStarTransactions(0))[0]
  }

  it('has a sale as what its payer gave', async () => {
    expect(await read({ source: { ...person, invoice_payload: 'p' } })).toEqual({
      id: 'stx',
      direction: 'in',
      partner: 'invoice_payment',
      user: { telegramUserId: 42, firstName: '' },
      amount: 500,
      commission: 0,
      payload: 'p',
      subscriptionPeriod: null,
      date: new Date('2026-11-23T12:00:00Z'),
    })
  })

  it('has a refund as the same id with a receiver', async () => {
    expect(await read({ receiver: person })).toMatchObject({ direction: 'out', payload: null })
  })

  it('adds an affiliate’s share up to the billionth', async () => {
    const affiliate = { amount: 49, nanostar_amount: 500_000_000 }
    const row = { amount: 450, nanostar_amount: 500_000_000, source: { ...person, affiliate } }
    expect(await read(row)).toMatchObject({ amount: 450, commission: 50 })
  })

  it.each([
    ['fragment', { receiver: { type: 'fragment' } }],
    ['gift_purchase', { source: { ...person, transaction_type: 'gift_purchase' } }],
    ['unknown', {}],
  ])('calls what is no sale by its kind, and nobody its payer: %s', async (partner, row) => {
    expect(await read(row)).toMatchObject({ partner, user: null })
  })
})
