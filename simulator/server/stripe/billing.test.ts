import { describe, expect, it } from 'vitest'
import { cycleEnd } from './periods'
import { oneOff, pay, type Shop, startShop, subscribe } from './testing'

const DAY = 86_400

function act({ bench }: Shop, subscription: string, action: string) {
  return bench.post('/control/stripe/subscriptions', { subscription, action })
}

function count(shop: Shop, type: string): number {
  return shop.types().filter((name) => name === type).length
}

describe('a subscription', () => {
  it('renews by itself as the clock goes', async () => {
    const shop = await startShop()
    const { id, items } = await subscribe(shop)
    shop.seen.splice(0)
    await shop.bench.advance(61 * DAY)
    const renewals = shop.seen.filter(({ event }) => event.type === 'invoice.paid')
    expect(renewals.map(({ event }) => event.data.object)).toMatchObject([
      { billing_reason: 'subscription_cycle', amount_paid: 450, attempt_count: 1 },
      { billing_reason: 'subscription_cycle', amount_paid: 450, attempt_count: 1 },
    ])
    const now = await shop.stripe.subscriptions.retrieve(id)
    expect(now.status).toBe('active')
    const began = items.data[0]?.current_period_start ?? 0
    expect(now.items.data[0]?.current_period_end).toBe(began + 90 * DAY)
    const { data } = await shop.stripe.invoices.list({ subscription: id })
    expect(data.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid'])
    expect(new Set(data.map(({ number }) => number)).size).toBe(3)
  })

  it('keeps to the calendar', () => {
    const at = (text: string) => Date.parse(`${text}T10:00:00Z`) / 1000
    const monthly = { interval: 'month', interval_count: 1 } as Parameters<typeof cycleEnd>[2]
    const yearly = { interval: 'year', interval_count: 1 } as Parameters<typeof cycleEnd>[2]
    expect(cycleEnd(at('2031-01-31'), 1, monthly)).toBe(at('2031-02-28'))
    expect(cycleEnd(at('2031-01-31'), 2, monthly)).toBe(at('2031-03-31'))
    expect(cycleEnd(at('2031-11-30'), 3, monthly)).toBe(at('2032-02-29'))
    expect(cycleEnd(at('2032-02-29'), 1, yearly)).toBe(at('2033-02-28'))
  })

  it('is past due when the card is declined, and active again when it pays', async () => {
    const shop = await startShop()
    const { id } = await subscribe(shop)
    await act(shop, id, 'fail')
    await shop.bench.advance(30 * DAY + 2 * 3600)
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('past_due')
    const failed = shop.seen.find(({ event }) => event.type === 'invoice.payment_failed')
    expect(failed?.event.data.object).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: expect.any(Number),
      status: 'open',
    })
    await act(shop, id, 'recover')
    await shop.settle()
    expect(await shop.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' })
    expect(count(shop, 'invoice.paid')).toBe(2)
    await shop.bench.advance(10 * DAY)
    expect(count(shop, 'invoice.paid')).toBe(2)
  })

  it('ends after the last attempt, with a card that fails later', async () => {
    const shop = await startShop()
    const { id } = await subscribe(shop, undefined, { card: '4000000000000341' })
    await shop.bench.advance(60 * DAY)
    expect(count(shop, 'invoice.payment_failed')).toBe(5)
    expect(await shop.stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
    })
    expect(count(shop, 'customer.subscription.deleted')).toBe(1)
    expect((await shop.stripe.subscriptions.list()).data).toEqual([])
    expect((await shop.stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1)
  })

  it('is declined as often as the fault says', async () => {
    const shop = await startShop()
    const { id } = await subscribe(shop)
    await shop.bench.post('/control/faults', { stripe_renewals: 1 })
    await act(shop, id, 'renew')
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('past_due')
    await shop.bench.advance(DAY + 60)
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('is canceled at the end, resumed, or ended at once', async () => {
    const shop = await startShop()
    const { id } = await subscribe(shop)
    const { subscriptions } = shop.stripe
    const canceled = await subscriptions.update(id, { cancel_at_period_end: true })
    expect(canceled.cancel_at).toBe(canceled.items.data[0]?.current_period_end)
    expect(await subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
      canceled_at: null,
    })
    await act(shop, id, 'cancel_at_period_end')
    await shop.bench.advance(31 * DAY)
    expect(await subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' })
    expect(count(shop, 'invoice.paid')).toBe(1)
    await expect(subscriptions.cancel(id)).rejects.toThrow('No such subscription')
    const other = await subscribe(shop)
    expect((await subscriptions.cancel(other.id)).ended_at).toEqual(expect.any(Number))
  })

  it('is not charged any more once it ended while past due, and its invoice can be voided', async () => {
    const shop = await startShop()
    const { id } = await subscribe(shop)
    const { subscriptions, invoices, paymentIntents, invoicePayments } = shop.stripe
    await shop.bench.post('/control/faults', { stripe_renewals: 1 })
    await act(shop, id, 'renew')
    const [invoice] = (await invoices.list({ subscription: id, status: 'open' })).data
    const name = String(invoice?.id)
    await subscriptions.cancel(id)
    expect(await invoices.retrieve(name)).toMatchObject({
      status: 'open',
      auto_advance: false,
      next_payment_attempt: null,
    })
    expect(await invoices.voidInvoice(name)).toMatchObject({
      status: 'void',
      status_transitions: { voided_at: expect.any(Number) },
    })
    await expect(invoices.voidInvoice(name)).rejects.toThrow('only void open invoices')
    await expect(invoices.pay(name)).rejects.toMatchObject({ code: 'invoice_not_open' })
    const [payment] = (await invoicePayments.list({ invoice: name })).data
    expect(payment?.status).toBe('canceled')
    const intent = String(payment?.payment.payment_intent)
    expect((await paymentIntents.retrieve(intent)).status).toBe('canceled')
    await shop.bench.advance(40 * DAY)
    expect([count(shop, 'invoice.voided'), count(shop, 'invoice.paid')]).toEqual([1, 1])
  })

  it('leaves a draft alone that does not advance', async () => {
    const shop = await startShop()
    const { id, items } = await subscribe(shop)
    const end = items.data[0]?.current_period_end ?? 0
    await shop.bench.advance(end - shop.bench.simulator.world.clock.unix() + 60)
    const [draft] = (await shop.stripe.invoices.list({ subscription: id, status: 'draft' })).data
    const changed = await shop.stripe.invoices.update(String(draft?.id), { auto_advance: false })
    expect(changed).toMatchObject({ status: 'draft', auto_advance: false })
    await shop.bench.advance(2 * DAY)
    expect((await shop.stripe.invoices.retrieve(String(draft?.id))).status).toBe('draft')
    expect(count(shop, 'invoice.paid')).toBe(1)
  })

  it('is managed by its customer on the portal', async () => {
    const shop = await startShop()
    const { id, customer } = await subscribe(shop)
    const { url } = await shop.stripe.billingPortal.sessions.create({
      customer: String(customer),
      return_url: 'http://127.0.0.1:3000/account',
    })
    expect(await (await fetch(url)).text()).toContain('Cancel subscription')
    const press = (action: string) => {
      return fetch(url, { method: 'POST', body: new URLSearchParams({ action, subscription: id }) })
    }
    const page = await (await press('cancel')).text()
    expect(page).toContain('Keep subscription')
    expect(page).toContain('href="http://127.0.0.1:3000/account"')
    expect((await shop.stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(true)
    await press('keep')
    expect((await shop.stripe.subscriptions.retrieve(id)).cancel_at_period_end).toBe(false)
    const { data } = await shop.stripe.invoices.list({ customer: String(customer) })
    const invoice = await fetch(data[0]?.hosted_invoice_url ?? '')
    expect(await invoice.text()).toContain('€4.50')
  })
})

describe('money that goes back', () => {
  async function charged(shop: Shop): Promise<string> {
    const { id } = await shop.stripe.checkout.sessions.create(oneOff())
    await pay(shop, id)
    return String((await shop.stripe.checkout.sessions.retrieve(id)).payment_intent)
  }

  it('is refunded in parts and never twice', async () => {
    const shop = await startShop()
    const payment_intent = await charged(shop)
    const { refunds } = shop.stripe
    const first = await refunds.create({ payment_intent, amount: 400, metadata: { by: 'admin' } })
    expect(first).toMatchObject({ amount: 400, status: 'succeeded', metadata: { by: 'admin' } })
    await expect(refunds.create({ payment_intent, amount: 600 })).rejects.toThrow(/greater than/)
    expect(await shop.bench.post('/control/stripe/refunds', { payment_intent })).toMatchObject({
      amount: 599,
    })
    await expect(refunds.create({ payment_intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    })
    await shop.settle()
    const told = shop.seen.filter(({ event }) => event.type === 'charge.refunded')
    expect(told.map(({ event }) => event.data.object)).toMatchObject([
      { amount_refunded: 400, refunded: false },
      { amount_refunded: 999, refunded: true },
    ])
    expect((await refunds.list({ payment_intent })).data).toHaveLength(2)
    const { data } = await shop.stripe.balanceTransactions.list()
    expect(data.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
  })

  it('is disputed, and won or lost', async () => {
    const shop = await startShop()
    for (const close of ['won', 'lost'] as const) {
      const payment_intent = await charged(shop)
      const made = await shop.bench.post('/control/stripe/disputes', { payment_intent })
      expect(made).toMatchObject({ status: 'needs_response', amount: 999, reason: 'fraudulent' })
      await expect(shop.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
        code: 'charge_disputed',
      })
      await shop.bench.post('/control/stripe/disputes', { dispute: made.id, close })
      expect((await shop.stripe.disputes.retrieve(String(made.id))).status).toBe(close)
    }
    await shop.settle()
    expect(count(shop, 'charge.dispute.created')).toBe(2)
    expect(count(shop, 'charge.dispute.closed')).toBe(2)
    expect(count(shop, 'charge.dispute.funds_reinstated')).toBe(1)
  })
})
