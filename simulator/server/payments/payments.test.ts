import { describe, expect, it } from 'vitest'
import {
  ANN,
  approve,
  BEN,
  type Bench,
  INVOICE,
  OLGA,
  startBench,
} from '@/simulator/server/testing/harness'

type Transaction = { id: string; amount: number; source?: object; receiver?: object }

async function transactions(bench: Bench, page: object = {}): Promise<Transaction[]> {
  const { result } = await bench.api('getStarTransactions', page)
  return (result as { transactions: Transaction[] }).transactions
}

async function balance(bench: Bench): Promise<number> {
  return ((await bench.api('getMyStarBalance')).result as { amount: number }).amount
}

describe('a purchase', () => {
  it('goes from the link to the service message and the books', async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const link = await bench.link()
    const outcome = await bench.pay(link, OLGA)
    expect(outcome).toMatchObject({
      status: 'paid',
      charge_id: expect.stringMatching(/^stx.{126,}$/),
    })
    await bench.settle()
    const [checkout, paid] = hook.received
    expect(checkout?.update.pre_checkout_query).toEqual({
      id: expect.stringMatching(/^-?\d+$/),
      from: {
        id: OLGA,
        is_bot: false,
        first_name: 'Ольга',
        username: 'olga_k',
        language_code: 'ru',
      },
      currency: 'XTR',
      total_amount: 500,
      invoice_payload: 'order-1',
    })
    expect(paid?.update.message).toEqual({
      message_id: 1,
      from: expect.objectContaining({ id: OLGA }),
      chat: expect.objectContaining({ id: OLGA, type: 'private' }),
      date: expect.any(Number),
      successful_payment: {
        currency: 'XTR',
        total_amount: 500,
        invoice_payload: 'order-1',
        telegram_payment_charge_id: outcome.charge_id,
        provider_payment_charge_id: expect.any(String),
      },
    })
    expect(await balance(bench)).toBe(500)
    expect(await transactions(bench)).toMatchObject([{ id: outcome.charge_id, amount: 500 }])
    expect(bench.simulator.world.people.get(OLGA)?.stars).toBe(9500)
  })

  it('accepts every form of link, from anybody, any number of times', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const link = await bench.link()
    const slug = link.slice('https://t.me/$'.length)
    for (const form of [link, `https://t.me/invoice/${slug}`, `tg://invoice?slug=${slug}`]) {
      expect(await bench.pay(form)).toMatchObject({ status: 'paid' })
    }
    expect(await bench.pay('https://example.com')).toMatchObject({
      http: 400,
      error: 'LINK_INVALID',
    })
    expect(await bench.pay('https://t.me/$nothing')).toMatchObject({ error: 'SLUG_INVALID' })
    expect(await bench.pay(link, BEN)).toMatchObject({ status: 'failed', error: 'BALANCE_TOO_LOW' })
  })

  it('shows the bot’s sentence, or nothing after ten seconds of silence', async () => {
    const bench = await startBench()
    const hook = await bench.hook(({ update }) => {
      const { id, invoice_payload } = update.pre_checkout_query as Record<string, string>
      const answer = { method: 'answerPreCheckoutQuery', pre_checkout_query_id: id }
      return invoice_payload === 'silent'
        ? undefined
        : { body: { ...answer, ok: false, error_message: 'Sold out' } }
    })
    expect(await bench.pay(await bench.link())).toMatchObject({
      status: 'failed',
      error: 'BOT_PRECHECKOUT_FAILED',
      message: 'Sold out',
    })
    const silent = bench.pay(await bench.link({ payload: 'silent' }))
    await expect.poll(() => hook.received.length).toBe(2)
    await bench.advance(10)
    expect(await silent).toMatchObject({ status: 'failed', error: 'BOT_PRECHECKOUT_TIMEOUT' })
    const query = hook.received[1]?.update.pre_checkout_query as { id: string } | undefined
    const late = await bench.api('answerPreCheckoutQuery', {
      pre_checkout_query_id: query?.id,
      ok: true,
    })
    expect(late.description).toMatch(/query is too old/)
    expect(await balance(bench)).toBe(0)
  })

  it('may fail after the approval, and the client may report something else', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const link = await bench.link()
    await bench.post('/control/faults', { decline_after_approval: 1, client_status: 'failed' })
    expect(await bench.pay(link)).toMatchObject({ status: 'failed', error: 'PAYMENT_FAILED' })
    expect(await bench.pay(link)).toMatchObject({ status: 'failed', charge_id: expect.any(String) })
    expect(await balance(bench)).toBe(500)
    await bench.post('/control/faults', {})
    expect(await bench.pay(link, ANN, { cancel: 'form' })).toMatchObject({ status: 'cancelled' })
    expect(await bench.pay(link, ANN, { cancel: 'checkout' })).toMatchObject({
      status: 'cancelled',
    })
    await bench.settle()
    expect(await balance(bench)).toBe(1000)
  })

  it('gives an affiliate its share of what the bot gets', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    await bench.pay(await bench.link(), ANN, { affiliate_per_mille: 100 })
    expect(await transactions(bench)).toMatchObject([
      { amount: 450, source: { affiliate: { commission_per_mille: 100, amount: 50 } } },
    ])
  })

  it('by card leaves the Stars alone', async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const fiat = { currency: 'GBP', provider_token: '1:TEST:2', need_email: true }
    const paid = await bench.pay(
      await bench.link({ ...fiat, prices: [{ label: 'x', amount: 2500 }] }),
      BEN,
    )
    expect(paid).toMatchObject({
      status: 'paid',
      charge_id: expect.stringMatching(/^\d+_\d+_\d+$/),
    })
    await bench.settle()
    expect(hook.received[1]?.update.message).toMatchObject({
      successful_payment: { order_info: { email: `person${BEN}@example.com` }, total_amount: 2500 },
    })
    expect(await transactions(bench)).toEqual([])
  })
})

describe('the payment form', () => {
  it('lives ten minutes and is good for one submit', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    const slug = (await bench.link()).slice('https://t.me/$'.length)
    const open = async () => bench.post('/client/payment-form', { person_id: ANN, slug })
    const submit = (form: Record<string, unknown>) =>
      bench.post('/client/payment', { person_id: ANN, form_id: form.form_id })
    const form = await open()
    expect(form).toMatchObject({ title: 'Gold', total_amount: 500, balance: 5000, slug })
    expect(form).not.toHaveProperty('subscription_period')
    expect(await submit(form)).toMatchObject({ status: 'paid' })
    expect(await submit(form)).toMatchObject({ error: 'FORM_SUBMIT_DUPLICATE' })
    const old = await open()
    await bench.advance(601)
    expect(await submit(old)).toMatchObject({ error: 'FORM_EXPIRED' })
  })

  it('marks the invoice message it was opened from', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    await bench.say('/buy')
    await bench.api('sendInvoice', { ...INVOICE, chat_id: ANN })
    const { list } = await bench.get(`/control/chats/${ANN}`)
    const [, message] = list as { invoice: { slug: string; paid: boolean } }[]
    expect(message?.invoice.paid).toBe(false)
    await bench.pay(`https://t.me/$${message?.invoice.slug}`)
    const { list: after } = await bench.get(`/control/chats/${ANN}`)
    expect(after).toMatchObject([{}, { invoice: { paid: true } }, { payment: { title: 'Gold' } }])
  })
})

describe('a refund', () => {
  it('is a second line with the same id, a message from the bot, and final', async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const { charge_id } = await bench.pay(await bench.link())
    const request = { user_id: ANN, telegram_payment_charge_id: charge_id }
    const stranger = await bench.api('refundStarPayment', { ...request, user_id: BEN })
    expect(stranger.description).toBe('Bad Request: CHARGE_ID_EMPTY')
    expect((await bench.api('refundStarPayment', request)).result).toBe(true)
    const again = await bench.api('refundStarPayment', request)
    expect(again.description).toBe('Bad Request: CHARGE_ALREADY_REFUNDED')
    await bench.settle()
    expect(hook.received.at(-1)?.update.message).toMatchObject({
      from: { id: 7_000_000_001, is_bot: true },
      chat: { id: ANN },
      refunded_payment: {
        currency: 'XTR',
        total_amount: 500,
        telegram_payment_charge_id: charge_id,
      },
    })
    const [sale, back] = await transactions(bench)
    expect(sale?.id).toBe(back?.id)
    expect([sale?.source !== undefined, back?.receiver !== undefined]).toEqual([true, true])
    expect(await balance(bench)).toBe(0)
    expect(bench.simulator.world.people.get(ANN)?.stars).toBe(5000)
  })

  it('by dispute asks neither the bot nor its balance', async () => {
    const bench = await startBench()
    const hook = await bench.hook(approve)
    const { charge_id } = await bench.pay(await bench.link())
    expect(await bench.post('/control/refunds', { charge_id })).toMatchObject({
      http: 200,
      amount: 500,
    })
    expect(await bench.post('/control/refunds', { charge_id })).toMatchObject({ http: 409 })
    await bench.settle()
    expect(hook.received.at(-1)?.update.message).toHaveProperty('refunded_payment')
  })

  it('lists pages from the oldest', async () => {
    const bench = await startBench()
    await bench.hook(approve)
    for (const payload of ['a', 'b', 'c']) await bench.pay(await bench.link({ payload }))
    const page = await transactions(bench, { offset: 1, limit: 1 })
    expect(page).toMatchObject([{ source: { invoice_payload: 'b', type: 'user' } }])
  })
})
