import { describe, expect, it } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { pool } from '@/lib/platform/pool'
import { forgetOrderInfo } from './forget-order-info'

const system = { kind: 'system' } as const

async function pay(ageDays: number, orderInfo?: object): Promise<string> {
  const id = newId()
  const at = addDays(new Date(), -ageDays)
  await db().paymentEvent.create({
    data: {
      id,
      provider: 'telegram',
      telegramUserId: 5,
      chargeId: id,
      invoicePayload: 'x',
      amount: 2500,
      currency: 'GBP',
      status: 'completed',
      chargedAt: at,
      createdAt: at,
      updatedAt: at,
      ...(orderInfo ? { orderInfo } : {}),
    },
  })
  return id
}

describe('what buyers filled in', () => {
  it('is forgotten after 30 days, and the payment itself stays as it was', async () => {
    const old = await pay(30.1, { name: 'Ann' })
    const young = await pay(29.9, { name: 'Bob' })
    await pay(60)
    const before = await db().paymentEvent.findUniqueOrThrow({ where: { id: old } })

    expect(await forgetOrderInfo(system)).toBe(1)
    expect(await forgetOrderInfo(system)).toBe(0)

    const after = await db().paymentEvent.findUniqueOrThrow({ where: { id: old } })
    expect(after).toEqual({ ...before, orderInfo: null })
    const { rows } = await pool().query(
      'select id from payment_events where order_info is not null',
    )
    expect(rows).toEqual([{ id: young }])
  })
})
