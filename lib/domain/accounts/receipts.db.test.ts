import { beforeAll, describe, expect, it } from 'vitest'
import { signPayload } from '@/lib/domain/invoices/payload'
import { recordCharge } from '@/lib/domain/payments/record-charge'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { makeCharge } from '@/lib/testing/charges'
import { makePerson } from '@/lib/testing/factories'
import { hasCards, requireReceipt } from './queries'

const ann = makePerson()
let id: string
let chargeId: string

beforeAll(async () => {
  const facts = { telegramUserId: ann.telegramUserId, currency: 'XTR', amount: 500 }
  const payload = signPayload({
    id: newId(),
    planCode: 'gold_1m',
    issuedAt: new Date(),
    ...facts,
  })
  const charge = makeCharge({ payer: ann, payload })
  await recordCharge({ kind: 'telegram' }, charge)
  chargeId = charge.chargeId
  id = (await db().paymentEvent.findFirstOrThrow({ where: { chargeId } })).id
})

describe('a receipt', () => {
  it('says what was bought, and never the whole id of the charge', async () => {
    const receipt = await requireReceipt(ann, id)
    expect(receipt).toMatchObject({
      id,
      provider: 'stars',
      amount: 500,
      currency: 'XTR',
      status: 'completed',
      refunded_at: null,
      plan: { name: 'Gold, 1 month', kind: 'one_off', days: 30 },
    })
    expect(JSON.stringify(receipt)).not.toContain(chargeId.slice(0, 20))
    expect(receipt.charge).toBe(`${chargeId.slice(0, 7)}…${chargeId.slice(-7)}`)
  })

  it('is for its owner only', async () => {
    for (const wrong of [id.replace(/.$/, id.endsWith('0') ? '1' : '0'), 'x', "' or true --"])
      await expect(requireReceipt(ann, wrong)).rejects.toMatchObject({ code: 'not_found' })
    await expect(requireReceipt(makePerson(), id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of a refund says when it was', async () => {
    const refundedAt = new Date('2026-01-02T03:04:05.000Z')
    await db().paymentEvent.update({ where: { id }, data: { status: 'refunded', refundedAt } })
    expect(await requireReceipt(ann, id)).toMatchObject({
      status: 'refunded',
      refunded_at: '2026-01-02T03:04:05.000Z',
    })
  })
})

describe('the card at Stripe', () => {
  it('is looked after by somebody who paid by card, where cards are set up', async () => {
    expect(await hasCards(ann)).toBe(false)
    env().STRIPE_SECRET_KEY = 'sk_test_of_receipts'
    expect(await hasCards(ann)).toBe(false)
    const where = { telegramUserId: ann.telegramUserId }
    await db().user.update({ where, data: { stripeCustomerId: 'cus_receipts' } })
    expect(await hasCards(ann)).toBe(true)
    env().STRIPE_SECRET_KEY = undefined
    expect(await hasCards(ann)).toBe(false)
  })
})
