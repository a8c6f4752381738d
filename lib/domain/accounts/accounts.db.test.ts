import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { rememberPerson } from '@/lib/domain/users/remember-person'
import type { PersonActor } from '@/lib/kit/actor'
import { newId } from '@/lib/kit/ids'
import { addDays, fromUnix, toUnix } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { type FakeBotApi, startFakeBotApi } from '@/lib/testing/fake-bot-api'
import { deleteMyData } from './delete-my-data'

const telegram = { kind: 'telegram' } as const
const at = fromUnix(toUnix(new Date()))
let api: FakeBotApi
let ann: PersonActor

beforeAll(async () => {
  api = await startFakeBotApi()
  env().TELEGRAM_API_ROOT = api.url
})
afterAll(() => api.close())
beforeEach(async () => {
  api.reset()
  ann = makePerson({ firstName: 'Annabella', username: 'annabella', lastName: 'Quill' })
  await rememberPerson(telegram, ann, 'yes')
  await recordCharge(
    telegram,
    makeCharge({
      payer: ann,
      amount: 450,
      chargedAt: at,
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(at, 30),
      orderInfo: { email: 'ann@example.com' },
      payload: signPayload({
        id: newId(),
        planCode: 'gold_monthly',
        issuedAt: at,
        telegramUserId: ann.telegramUserId,
        currency: 'XTR',
        amount: 450,
      }),
    }),
  )
})

const user = () => db().user.findUniqueOrThrow({ where: { telegramUserId: ann.telegramUserId } })
const edits = () => api.calls.filter((call) => call.method === 'editUserStarSubscription')

describe('deleting my data', () => {
  it('ends the renewal first, then forgets the names and keeps ledger and access', async () => {
    await deleteMyData(ann)
    expect(edits()).toHaveLength(1)
    expect(await user()).toMatchObject({
      firstName: '',
      lastName: null,
      username: null,
      sessionVersion: 1,
    })
    expect((await user()).deletedAt).not.toBeNull()
    const [payment] = await db().paymentEvent.findMany({
      where: { telegramUserId: ann.telegramUserId },
    })
    expect(payment).toMatchObject({ status: 'completed', amount: 450n, orderInfo: null })
    expect((await listEntitlements(ann, ann.telegramUserId)).entitlements).toMatchObject([
      { active: true, renews: false },
    ])
  })

  it('deletes nothing while a renewal cannot be ended', async () => {
    api.refuse('editUserStarSubscription', 500, 'Internal Server Error')
    await expect(deleteMyData(ann)).rejects.toMatchObject({ code: 'telegram_unavailable' })
    expect(await user()).toMatchObject({ firstName: 'Annabella', deletedAt: null })
    api.reset()
    await deleteMyData(ann)
    await deleteMyData(ann)
    expect(edits()).toHaveLength(1)
  })

  it('ends also the renewal of a subscription that waits in review', async () => {
    const second = makeCharge({
      payer: ann,
      amount: 450,
      chargedAt: at,
      isRecurring: true,
      isFirstRecurring: true,
      subscriptionExpiresAt: addDays(at, 30),
      payload: 'a-subscription-of-another-shop',
    })
    expect(await recordCharge(telegram, second)).toBe('review')
    await deleteMyData(ann)
    expect(edits().map(({ params }) => params.telegram_payment_charge_id)).toContain(
      second.chargeId,
    )
    expect(edits()).toHaveLength(2)
  })

  it('ends when the person comes back', async () => {
    await deleteMyData(ann)
    await rememberPerson(telegram, ann, 'yes')
    expect(await user()).toMatchObject({ firstName: 'Annabella', deletedAt: null })
  })
})
