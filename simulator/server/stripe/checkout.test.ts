import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { API_VERSION } from './shapes'
import { oneOff, pay, startShop, stripeAt, subscription } from './testing'

async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error = await call.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  )
  return error as Stripe.errors.StripeError
}

describe('a checkout session', () => {
  it('is paid: money, metadata, events and where the buyer goes', async () => {
    const shop = await startShop()
    const { stripe } = shop
    const made = await stripe.checkout.sessions.create(oneOff())
    expect(made).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 999,
      currency: 'eur',
      url: `${shop.bench.simulator.url}/stripe/c/pay/${made.id}`,
    })
    expect(await pay(shop, made.id)).toMatchObject({
      status: 'paid',
      redirect_url: `http://127.0.0.1:3000/done?session=${made.id}`,
    })
    await shop.settle()
    expect(shop.types().sort()).toEqual([
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
    ])
    const session = await stripe.checkout.sessions.retrieve(made.id, {
      expand: ['line_items', 'payment_intent.latest_charge.refunds'],
    })
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      client_reference_id: 'invoice-1',
      line_items: { data: [{ description: 'Gold', amount_total: 999 }] },
      payment_intent: {
        status: 'succeeded',
        metadata: { invoice: 'invoice-1' },
        latest_charge: { paid: true, amount: 999, refunds: { data: [] } },
      },
    })
    expect(await pay(shop, made.id)).toMatchObject({ http: 409, error: 'SESSION_COMPLETE' })
  })

  it('stays open after a declined card, and is paid by the next one', async () => {
    const shop = await startShop()
    const { id } = await shop.stripe.checkout.sessions.create(oneOff())
    expect(await pay(shop, id, { card: '4000000000000002' })).toMatchObject({
      status: 'declined',
      error: { code: 'card_declined', decline_code: 'generic_decline' },
    })
    const secured = { card: '4000002760003184', verification: 'fail' }
    expect(await pay(shop, id, secured)).toMatchObject({ status: 'failed' })
    expect((await shop.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect(await pay(shop, id, { card: '4000 0027 6000 3184' })).toMatchObject({ status: 'paid' })
    await shop.settle()
    expect(shop.types().filter((type) => type === 'payment_intent.payment_failed')).toHaveLength(2)
    expect(shop.types().filter((type) => type === 'payment_intent.created')).toHaveLength(1)
    const charges = await shop.stripe.charges.list()
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
  })

  it('expires by itself and on demand, and then takes no money', async () => {
    const shop = await startShop()
    const now = shop.bench.simulator.world.clock.unix()
    const { sessions } = shop.stripe.checkout
    const first = await sessions.create(oneOff({ expires_at: now + 1800 }))
    const second = await sessions.create(oneOff())
    expect(await sessions.expire(second.id)).toMatchObject({ status: 'expired', url: null })
    expect((await refusal(sessions.expire(second.id))).message).toMatch(/status of expired/)
    await shop.bench.advance(1801)
    expect(await pay(shop, first.id)).toMatchObject({ http: 409, error: 'SESSION_EXPIRED' })
    expect(shop.types()).toEqual(['checkout.session.expired', 'checkout.session.expired'])
    expect(shop.seen[1]?.event.data.object).toMatchObject({ id: first.id })
    expect((await fetch(`${shop.bench.simulator.url}/stripe/c/pay/${first.id}`)).status).toBe(410)
  })

  it('starts a subscription with its invoice', async () => {
    const shop = await startShop()
    const { stripe } = shop
    const { id: customer } = await stripe.customers.create({ metadata: { telegram_id: '42' } })
    const { id } = await stripe.checkout.sessions.create({ ...subscription(), customer })
    await pay(shop, id)
    await shop.settle()
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['subscription.latest_invoice.payments', 'invoice'],
    })
    expect(session).toMatchObject({ customer, payment_intent: null, mode: 'subscription' })
    const running = session.subscription as Stripe.Subscription
    const item = running.items.data[0]
    expect(running).toMatchObject({ status: 'active', metadata: { plan: 'gold_monthly' } })
    expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBe(30 * 86_400)
    const invoice = running.latest_invoice as Stripe.Invoice
    expect(invoice).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_create',
      amount_paid: 450,
      parent: {
        subscription_details: { subscription: running.id, metadata: { plan: 'gold_monthly' } },
      },
      lines: { data: [{ period: { end: item?.current_period_end } }] },
    })
    const payment_intent = String(invoice.payments?.data[0]?.payment.payment_intent)
    const payment = { type: 'payment_intent' as const, payment_intent }
    const found = await stripe.invoicePayments.list({ payment })
    expect(found.data).toMatchObject([{ invoice: invoice.id, status: 'paid', amount_paid: 450 }])
    expect(shop.types()).toContain('customer.subscription.created')
    expect(shop.types()).toContain('invoice.payment_succeeded')
  })

  it('is refused with Stripe’s words when something is wrong with it', async () => {
    const { stripe, bench } = await startShop()
    const now = bench.simulator.world.clock.unix()
    const { sessions } = stripe.checkout
    const recurring = { interval: 'month' } as const
    const priceData = { currency: 'eur', unit_amount: 5, product_data: { name: 'x' } }
    const cases: [Promise<unknown>, object][] = [
      [
        sessions.create(oneOff({ customer: 'cus_0' })),
        { code: 'resource_missing', param: 'customer' },
      ],
      [sessions.create(oneOff({ expires_at: now + 60 })), { param: 'expires_at' }],
      [sessions.create(oneOff({ customer_creation: 'always', mode: 'subscription' })), {}],
      [
        sessions.create({ ...subscription(recurring), mode: 'payment' }),
        { param: 'subscription_data' },
      ],
      [
        sessions.create(oneOff({ line_items: [{ quantity: 1, price_data: priceData }] })),
        { code: 'amount_too_small' },
      ],
      [
        sessions.create({ ...oneOff(), nonsense: 'x' } as Stripe.Checkout.SessionCreateParams),
        { code: 'parameter_unknown', param: 'nonsense' },
      ],
      [sessions.create({ mode: 'payment' }), { code: 'parameter_missing', param: 'line_items' }],
      [sessions.create(oneOff({ metadata: { k: 'x'.repeat(501) } })), { param: 'metadata[k]' }],
      [sessions.retrieve('cs_test_0'), { code: 'resource_missing', statusCode: 404 }],
    ]
    for (const [call, fields] of cases) {
      expect(await refusal(call)).toMatchObject({
        type: 'StripeInvalidRequestError',
        requestId: expect.stringMatching(/^req_/),
        ...fields,
      })
    }
    expect((await stripe.events.list()).data).toEqual([])
  })

  it('can be paid on its page, once', async () => {
    const shop = await startShop()
    const made = await shop.stripe.checkout.sessions.create(oneOff())
    const post = (form: Record<string, string>) => {
      const body = new URLSearchParams({ email: 'a@b.test', name: 'A', action: 'pay', ...form })
      return fetch(made.url ?? '', { method: 'POST', body, redirect: 'manual' })
    }
    const page = await (await fetch(made.url ?? '')).text()
    expect(page).toContain('€9.99')
    expect(page).toContain('href="http://127.0.0.1:3000/plans"')
    const declined = await post({ card: '4000000000000002' })
    expect([declined.status, await declined.text()]).toMatchObject([
      402,
      expect.stringContaining('Your card was declined.'),
    ])
    expect(await (await post({ card: '4000002760003184' })).text()).toContain('3-D Secure')
    const failed = await post({ action: 'fail' })
    expect(await failed.text()).toContain('unable to authenticate')
    await post({ card: '4000002760003184' })
    const answers = await Promise.all([post({ action: 'approve' }), post({ action: 'approve' })])
    for (const answer of answers) {
      expect(answer.headers.get('location')).toBe(`http://127.0.0.1:3000/done?session=${made.id}`)
    }
    const { data } = await shop.stripe.charges.list()
    expect(data.filter(({ paid }) => paid)).toHaveLength(1)
    expect(await (await fetch(made.url ?? '')).text()).toContain('This has been paid')
    const receipt = data.find(({ paid }) => paid)?.receipt_url ?? ''
    expect(await (await fetch(receipt)).text()).toContain('€9.99')
  })
})

describe('the API', () => {
  it('speaks the version that the package asks for', async () => {
    const { bench } = await startShop()
    const stripe = stripeAt(bench.simulator)
    const customer = await stripe.customers.create({ email: 'a@b.test' })
    expect(customer.lastResponse).toMatchObject({ apiVersion: API_VERSION, statusCode: 200 })
    expect(stripe.getApiField('version')).toBe(API_VERSION)
  })

  it('wants a test key', async () => {
    const { bench } = await startShop()
    const ask = (authorization: string) => {
      const headers = { authorization }
      return fetch(`${bench.simulator.url}/stripe/v1/customers`, { headers })
    }
    for (const header of ['', 'Bearer sk_live_x', 'Bearer x']) {
      expect((await ask(header)).status).toBe(401)
    }
    expect((await ask('Bearer sk_test_x')).status).toBe(200)
    expect((await ask(`Basic ${Buffer.from('sk_test_x:').toString('base64')}`)).status).toBe(200)
  })

  it('does a thing once for a key, and refuses the key for another thing', async () => {
    const { stripe, bench } = await startShop()
    const key = { idempotencyKey: 'k-1' }
    const first = await stripe.checkout.sessions.create(oneOff(), key)
    const again = await stripe.checkout.sessions.create(oneOff(), key)
    expect(again.id).toBe(first.id)
    const other = stripe.checkout.sessions.create(oneOff({ client_reference_id: 'x' }), key)
    expect(await refusal(other)).toMatchObject({ type: 'StripeIdempotencyError' })
    const broken = { ...oneOff(), success_url: 'nonsense' }
    const third = { idempotencyKey: 'k-2' }
    await refusal(stripe.checkout.sessions.create(broken, third))
    expect((await stripe.checkout.sessions.create(oneOff(), third)).id).not.toBe(first.id)
    await bench.advance(86_401)
    expect((await stripe.checkout.sessions.create(oneOff(), key)).id).not.toBe(first.id)
  })

  it('fails as the faults say, before or after it took effect', async () => {
    const { stripe, bench } = await startShop()
    const path = 'POST /v1/customers'
    const fault = (more: object) =>
      bench.post('/control/faults', { stripe_api: { [path]: { times: 1, ...more } } })
    await fault({ status: 500 })
    expect(await refusal(stripe.customers.create())).toMatchObject({ type: 'StripeAPIError' })
    await bench.post('/control/faults', {
      stripe_api: { 'GET /v1/customers/:id': { status: 503 } },
    })
    expect((await refusal(stripe.customers.retrieve('cus_0'))).statusCode).toBe(503)
    expect((await stripe.customers.list()).data).toEqual([])
    await fault({ status: 429 })
    expect((await refusal(stripe.customers.create())).type).toBe('StripeRateLimitError')
    expect((await stripe.customers.list()).data).toEqual([])
    // The package itself asks once more when a connection breaks.
    await fault({ status: 0, after: true, times: 2 })
    const key = { idempotencyKey: 'lost' }
    const lost = await refusal(stripe.customers.create({}, key))
    expect(lost.type).toBe('StripeConnectionError')
    const [kept] = (await stripe.customers.list()).data
    expect((await stripe.customers.create({}, key)).id).toBe(kept?.id)
  })

  it('lists newest first, in pages, for the package’s own paging', async () => {
    const { stripe } = await startShop()
    for (const email of ['a@b.test', 'b@b.test', 'a@b.test'])
      await stripe.customers.create({ email })
    const emails: (string | null)[] = []
    for await (const { email } of stripe.customers.list({ limit: 1 })) emails.push(email)
    expect(emails).toEqual(['a@b.test', 'b@b.test', 'a@b.test'])
    expect((await stripe.customers.list({ email: 'a@b.test' })).data).toHaveLength(2)
    const { data } = await stripe.events.list({ type: 'customer.created', limit: 2 })
    expect(data).toMatchObject([{ request: { id: expect.stringMatching(/^req_/) } }, {}])
    expect((await stripe.events.retrieve(data[0]?.id ?? '')).id).toBe(data[0]?.id)
  })

  it('deletes a customer with what runs', async () => {
    const { stripe, settle, types } = await startShop()
    const { id } = await stripe.customers.create({ name: 'Ann' })
    await stripe.customers.update(id, { metadata: { a: '1', b: '2' } })
    await stripe.customers.update(id, { metadata: { a: '' } })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ metadata: { b: '2' }, name: 'Ann' })
    expect(await stripe.customers.del(id)).toMatchObject({ deleted: true })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ deleted: true })
    await settle()
    expect(types()).toContain('customer.deleted')
  })
})
