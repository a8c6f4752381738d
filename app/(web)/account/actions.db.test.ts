import '@/lib/testing/next-runtime'

import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sessionCookieName } from '@/lib/auth/cookies'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { openSession } from '@/lib/domain/users/open-session'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { TestBrowser } from '@/lib/testing/next-request'
import * as actions from './actions'

const at = fromUnix(toUnix(new Date()))
let api: FakeBotApi
let ann: PersonActor
let browser: TestBrowser

/** Calls an action as one of our pages does, or as the headers say. */
const press = <T>(action: () => Promise<T>, headers = {}) =>
  browser.within(browser.request('/account', { method: 'POST', headers }), action)
const renews = async () => {
  const user = { telegramUserId: ann.telegramUserId }
  return (await db().entitlement.findFirstOrThrow({ where: { user } })).renews
}
const edits = () => api.calls.filter((call) => call.method === 'editUserStarSubscription')

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  ann = makePerson()
  browser = new TestBrowser()
  const session = await openSession(ann)
  const token = { sub: String(ann.telegramUserId), version: session?.sessionVersion }
  browser.cookies.set(sessionCookieName(), await encode({ token, secret: env().NEXTAUTH_SECRET }))
  const facts = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: 450 }
  const payload = signPayload({ id: newId(), planCode: 'gold_monthly', issuedAt: at, ...facts })
  const first = { isRecurring: true, isFirstRecurring: true, payload, amount: 450 }
  const ends = { chargedAt: at, subscriptionExpiresAt: addDays(at, 30) }
  await recordCharge({ kind: 'telegram' }, makeCharge({ payer: ann, ...first, ...ends }))
})

describe('the actions of the account', () => {
  it('cancel and resume the renewal of the person of the session', async () => {
    expect(await press(() => actions.cancelRenewal('gold_monthly'))).toMatchObject({ ok: true })
    expect(await renews()).toBe(false)
    expect(await press(() => actions.resumeRenewal('gold_monthly'))).toMatchObject({ ok: true })
    expect(edits().map(({ params }) => params.is_canceled)).toEqual([true, false])
    const nothing = await press(() => actions.cancelRenewal('silver_1m'))
    expect(nothing).toEqual({ ok: false, code: 'not_found' })
  })

  it.each([
    ['cancel', () => actions.cancelRenewal('gold_monthly')],
    ['resume', () => actions.resumeRenewal('gold_monthly')],
    ['restore', () => actions.restoreMyPurchases()],
    ['open cards', () => actions.openCards()],
    ['delete', () => actions.deleteAccount('DELETE')],
  ])('%s for nobody, and not from other sites', async (_, action) => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect(await press<unknown>(action, headers)).toEqual({ ok: false, code: 'forbidden_origin' })
    browser.cookies.clear()
    expect(await press<unknown>(action)).toEqual({ ok: false, code: 'unauthorized' })
    expect(api.calls).toEqual([])
    expect(await renews()).toBe(true)
  })

  it('delete after the typed word only, and log this browser out', async () => {
    const user = () =>
      db().user.findUniqueOrThrow({ where: { telegramUserId: ann.telegramUserId } })
    for (const word of ['', 'yes', 'delete me'])
      expect(await press(() => actions.deleteAccount(word))).toEqual({
        ok: false,
        code: 'invalid_request',
      })
    expect((await user()).deletedAt).toBeNull()
    const leads = press(() => actions.deleteAccount(' delete '))
    await expect(leads).rejects.toMatchObject({
      digest: expect.stringContaining('/account/deleted'),
    })
    expect((await user()).deletedAt).not.toBeNull()
    expect(edits()).toHaveLength(1)
    expect(await renews()).toBe(false)
    const again = await press(() => actions.cancelRenewal('gold_monthly'))
    expect(again).toEqual({ ok: false, code: 'unauthorized' })
  })
})
