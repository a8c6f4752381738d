import '@/lib/testing/next-runtime'

import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pay } from '@/app/(web)/plans/actions'
import { sessionCookieName } from '@/lib/auth/cookies'
import { openSession } from '@/lib/domain/users/open-session'
import type { PersonActor } from '@/lib/kit/actor'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makePerson } from '@/lib/testing/factories'
import { TestBrowser } from '@/lib/testing/next-request'
import { type StripeShop, startStripeShop } from '@/lib/testing/stripe-shop'

let shop: StripeShop
let ann: PersonActor
let browser: TestBrowser

const gold = { plan_code: 'gold_1m', method: 'stars', price: { currency: 'XTR', amount: 500 } }
const coaching = {
  plan_code: 'coaching_1m',
  method: 'stripe',
  price: { currency: 'GBP', amount: 2500 },
}

/** Presses the button as one of our pages does, or as the headers say; the types are the page's. */
const press = (input: object, headers = {}) =>
  browser.within(browser.request('/plans/gold_1m', { method: 'POST', headers }), () =>
    pay(input as Parameters<typeof pay>[0]),
  )
const invoices = () =>
  db().invoice.findMany({ where: { user: { telegramUserId: ann.telegramUserId } } })

beforeAll(async () => {
  shop = await startStripeShop()
})
afterAll(() => shop.close())
beforeEach(async () => {
  ann = makePerson()
  browser = new TestBrowser()
  const session = await openSession(ann)
  const token = { sub: String(ann.telegramUserId), version: session?.sessionVersion }
  browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
})

describe('beginning a payment in the browser', () => {
  it('leads to the page of a new invoice for Stars', async () => {
    const answer = await press(gold)
    const [invoice] = await invoices()
    expect(invoice).toMatchObject({ planCode: 'gold_1m', method: 'stars', status: 'open' })
    expect(answer).toEqual({ ok: true, value: { href: `/pay/${invoice?.id}` } })
  })

  it('leads to the card page of a new invoice, which leads back to our page', async () => {
    const answer = await press(coaching)
    const [invoice] = await invoices()
    expect(answer).toEqual({ ok: true, value: { href: invoice?.link } })
    expect(invoice?.link).toContain('/c/pay/')
    const { sessions } = await shop.control<{ sessions: { success_url: string }[] }>('stripe/state')
    expect(sessions.at(-1)?.success_url).toBe(`${env().APP_URL}/pay/${invoice?.id}`)
  })

  it('asks nobody for another price than the page showed', async () => {
    const other = { ...gold, price: { currency: 'XTR', amount: 499 } }
    expect(await press(other)).toEqual({ ok: false, code: 'conflict' })
    expect(await invoices()).toEqual([])
  })

  it.each([
    [{ ...gold, plan_code: 'platinum' }, 'unknown_plan'],
    [{ ...gold, method: 'stripe' }, 'unknown_plan'],
    [{ ...gold, method: 'telegram' }, 'invalid_request'],
    [{ ...gold, plan_code: "'; drop table plans" }, 'invalid_request'],
    [{}, 'invalid_request'],
  ])('refuses %j', async (input, code) => {
    expect(await press(input)).toEqual({ ok: false, code })
    expect(await invoices()).toEqual([])
  })

  it('is for those who are logged in, and from our own pages only', async () => {
    for (const headers of [{ origin: 'https://evil.test' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect(await press(gold, headers)).toEqual({ ok: false, code: 'forbidden_origin' })
    }
    browser.cookies.clear()
    expect(await press(gold)).toEqual({ ok: false, code: 'unauthorized' })
    expect(await invoices()).toEqual([])
  })

  it('lets a person try five times a minute, over both ways together', async () => {
    for (const input of [gold, coaching, gold, coaching, gold]) {
      expect(await press(input)).toMatchObject({ ok: true })
    }
    const sixth = await press(coaching)
    expect(sixth).toMatchObject({ ok: false, code: 'rate_limited' })
    expect(sixth.ok ? 0 : sixth.retryAfterSeconds).toBeGreaterThan(0)
  })

  it('says that the card page is not to be had, and makes no payment of it', async () => {
    await shop.control('faults', { stripe_api: { 'POST /v1/checkout/sessions': { status: 500 } } })
    expect(await press(coaching)).toEqual({ ok: false, code: 'stripe_unavailable' })
    await shop.control('faults', {})
  })
})
