import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { receiveUpdate } from '@/lib/bot/webhook'
import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import type { PersonActor } from '@/lib/kit/actor'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import {
  makeCallbackUpdate,
  makeDelivery,
  makeTextUpdate,
  nextUpdateId,
} from '@/lib/testing/telegram-requests'

let api: FakeBotApi
let ann: PersonActor
const deferred: Promise<void>[] = []

const deliver = async (body: unknown) => {
  const response = await receiveUpdate(makeDelivery(body), (work) => void deferred.push(work()))
  expect(response.status).toBe(200)
}
const writes = (text: string) => deliver(makeTextUpdate(ann, text))
const presses = (data: string) => deliver(makeCallbackUpdate(ann, data))
const methods = () => api.calls.map(({ method }) => method)
const lastCall = () => api.calls.at(-1)?.params
const buttons = () => JSON.stringify(lastCall()?.reply_markup ?? '')

/** Pays an invoice of this plan, from now on. */
const owns = async (planCode: string) => {
  const { invoice_id: id } = await createInvoice(ann, { plan_code: planCode, method: 'stars' })
  const row = await db().invoice.findUniqueOrThrow({ where: { id }, include: { plan: true } })
  const isRecurring = row.plan.kind === 'subscription'
  const charge = makeCharge({
    payer: ann,
    payload: row.payload,
    amount: Number(row.amount),
    isRecurring,
    isFirstRecurring: isRecurring,
    subscriptionExpiresAt: isRecurring ? addDays(new Date(), 30) : null,
  })
  await recordCharge({ kind: 'telegram' }, charge, {
    updateId: nextUpdateId(),
    kind: 'message',
    body: {},
  })
  api.reset()
  return charge.chargeId
}

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(() => {
  api.reset()
  env().TELEGRAM_PROVIDER_TOKEN = '1:TEST:x'
  ann = makePerson()
})

describe('/buy', () => {
  it('asks how to pay where there is a choice, and bills the card with what a service needs', async () => {
    await writes('/buy coaching_1m')
    expect(buttons()).toContain('pay:coaching_1m:stars')
    expect(buttons()).toContain('Card · £25.00')
    await presses('pay:coaching_1m:telegram')
    expect(lastCall()).toMatchObject({
      currency: 'GBP',
      prices: [{ amount: 2500 }],
      provider_token: '1:TEST:x',
      need_name: true,
      need_email: true,
    })
  })

  it('asks for no name and no address where Stars pay', async () => {
    await presses('pay:coaching_1m:stars')
    expect(lastCall()).toMatchObject({ currency: 'XTR', provider_token: '' })
    expect(lastCall()).not.toHaveProperty('need_email')
  })

  it('goes straight to the invoice in Stars without a provider token', async () => {
    env().TELEGRAM_PROVIDER_TOKEN = undefined
    await writes('/buy coaching_1m')
    expect(lastCall()).toMatchObject({ currency: 'XTR' })
  })

  it('never takes a card for anything digital', async () => {
    await presses('pay:gold_1m:telegram')
    expect(methods()).not.toContain('sendInvoice')
    expect(api.texts()[0]).toMatch(/not on sale/)
  })

  it('says how often a subscription is paid, in the list and beside its link', async () => {
    await writes('/buy')
    expect(buttons()).toContain('Gold, monthly · ⭐ 450 every 30 days')
    await presses('buy:gold_monthly')
    expect(api.texts()[1]).toMatch(/⭐ 450 every 30 days\. It renews by itself until you cancel/)
    const link = api.calls.find(({ method }) => method === 'createInvoiceLink')
    expect(link?.params).toMatchObject({ subscription_period: 2_592_000 })
  })

  it('says before an upgrade that the lower plan is not credited', async () => {
    await owns('silver_1m')
    await writes('/buy gold_1m')
    expect(methods()).toEqual(['sendMessage', 'sendInvoice'])
    expect(api.texts()[0]).toMatch(/Silver, 1 month keeps running beside it and is not credited\.$/)
  })

  it('says that the renewal of a lower subscription will be cancelled', async () => {
    await db().plan.upsert({
      where: { code: 'silver_monthly' },
      update: {},
      create: {
        code: 'silver_monthly',
        name: 'Silver, monthly',
        description: '',
        features: [],
        family: 'premium',
        tier: 1,
        kind: 'subscription',
        durationDays: 30,
        position: 90,
        prices: { create: { currency: 'XTR', amount: 200 } },
      },
    })
    await owns('silver_monthly')
    await writes('/buy gold_1m')
    expect(api.texts()[0]).toMatch(/Silver, monthly .* Its renewal will be cancelled/)
  })
})

describe('a subscription under /account', () => {
  it('is cancelled only after a question that says who can undo it', async () => {
    const chargeId = await owns('gold_monthly')
    await writes('/account')
    expect(api.texts()[0]).toMatch(/Gold, monthly: active, renews on/)
    expect(buttons()).toContain('renewal:ask:gold_monthly')
    await presses('renewal:ask:gold_monthly')
    expect(api.texts()[1]).toMatch(/cannot be switched on again in Telegram alone/)
    expect(methods()).not.toContain('editUserStarSubscription')

    await presses('renewal:cancel:gold_monthly')
    const call = api.calls.find(({ method }) => method === 'editUserStarSubscription')
    expect(call?.params).toMatchObject({
      user_id: ann.telegramUserId,
      telegram_payment_charge_id: chargeId,
      is_canceled: true,
    })
    // In place of the question, whose buttons are gone with it.
    expect(methods().at(-1)).toBe('editMessageText')
    expect(lastCall()?.text).toMatch(/renewal of Gold, monthly is cancelled/)
    await writes('/account')
    expect(api.texts()[2]).toMatch(/Gold, monthly: active until/)
    expect(buttons()).toContain('renewal:resume:gold_monthly')
  })

  it('is resumed up to the step that only the person can do', async () => {
    await owns('gold_monthly')
    await presses('renewal:cancel:gold_monthly')
    await presses('renewal:resume:gold_monthly')
    expect(api.texts()[0]).toMatch(/Settings → My Stars, choose Gold, monthly/)
    const calls = api.calls.filter(({ method }) => method === 'editUserStarSubscription')
    expect(calls.map(({ params }) => params.is_canceled)).toEqual([true, false])
  })

  it('stays as it is when the person changes their mind, or Telegram does not answer', async () => {
    await owns('gold_monthly')
    await presses('renewal:keep:gold_monthly')
    expect(lastCall()?.text).toMatch(/Nothing was changed/)
    api.refuse('editUserStarSubscription', 500, 'Internal Server Error')
    await presses('renewal:cancel:gold_monthly')
    expect(api.texts().at(-1)).toMatch(/Telegram does not answer .* Nothing was changed/)
    await writes('/account')
    expect(api.texts().at(-1)).toMatch(/renews on/)
  })

  it('says so when a button is pressed twice, or by somebody without a subscription', async () => {
    await owns('gold_monthly')
    await presses('renewal:cancel:gold_monthly')
    await presses('renewal:cancel:gold_monthly')
    expect(api.texts()[0]).toMatch(/so already/)
    ann = makePerson()
    await presses('renewal:cancel:gold_monthly')
    expect(api.texts()[1]).toMatch(/no running subscription/)
  })

  it('offers neither for a plan that does not renew', async () => {
    await owns('gold_1m')
    await writes('/account')
    expect(buttons()).not.toContain('renewal:')
  })
})

describe('restoring purchases', () => {
  it('stands under /account, also of somebody who has nothing, and under /paysupport', async () => {
    await writes('/account')
    expect(api.texts()[0]).toMatch(/no plan yet/)
    expect(buttons()).toContain('"restore"')
    await writes('/paysupport')
    expect(buttons()).toContain('"restore"')
  })

  it('gives what Telegram has and we do not, and says when nothing is missing', async () => {
    const { invoice_id: id } = await createInvoice(ann, { plan_code: 'gold_1m', method: 'stars' })
    const { payload } = await db().invoice.findUniqueOrThrow({ where: { id } })
    const source = {
      type: 'user',
      transaction_type: 'invoice_payment',
      user: { id: ann.telegramUserId, is_bot: false, first_name: ann.firstName },
      invoice_payload: payload,
    }
    const date = Math.floor(Date.now() / 1000)
    const transactions = [{ id: `stx-lost-${ann.telegramUserId}`, amount: 500, date, source }]
    api.answer('getStarTransactions', ({ offset }) => ({
      transactions: transactions.slice(Number(offset ?? 0)),
    }))
    await presses('restore')
    await Promise.all(deferred.splice(0))
    expect(api.texts().at(-1)).toMatch(/One missing payment was found and put right/)
    await presses('restore')
    await Promise.all(deferred.splice(0))
    expect(api.texts().at(-1)).toMatch(/Nothing is missing/)
    await writes('/account')
    expect(api.texts().at(-1)).toMatch(/Gold, 1 month: active until/)
  })

  it('says when it was asked too often, or Telegram does not answer', async () => {
    api.refuse('getStarTransactions', 500, 'Internal Server Error')
    for (let i = 0; i < 4; i++) {
      await presses('restore')
      await Promise.all(deferred.splice(0))
    }
    expect(api.texts()[0]).toMatch(/Telegram does not answer/)
    expect(api.texts().at(-1)).toMatch(/We looked a moment ago/)
  })
})
