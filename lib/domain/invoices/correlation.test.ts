import { describe, expect, it } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { correlationOf, purchaseContext } from './correlation'
import { signPayload } from './payload'

const id = newId()
const payload = signPayload({
  id,
  planCode: 'gold_1m',
  issuedAt: new Date(),
  telegramUserId: 42,
  currency: 'XTR',
  amount: 500,
})

describe('the name of a purchase in the log', () => {
  it('is the id of its invoice', () => {
    expect(correlationOf(payload)).toBe(id)
    expect(purchaseContext({ payload, telegramUserId: 42 })).toEqual({
      correlationId: id,
      invoiceId: id,
      telegramUserId: 42,
    })
  })

  it('is a hash where the payload is not ours, and names no invoice', () => {
    const context = purchaseContext({ payload: 'order-17', telegramUserId: 42 })
    expect(context).toEqual({
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
      telegramUserId: 42,
    })
    expect(correlationOf('order-18')).not.toBe(context.correlationId)
  })

  it('is made of the charge where there is no payload, without telling the charge', () => {
    const one = purchaseContext({ payload: '', telegramUserId: 42, chargeId: 'stx1' })
    const two = purchaseContext({ payload: '', telegramUserId: 42, chargeId: 'stx2' })
    expect(one.correlationId).not.toBe(two.correlationId)
    expect(JSON.stringify(one)).not.toContain('stx1')
  })
})
