import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '@/lib/kit/ids'
import { addDays } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import { forgetOldUpdates } from './forget-old-updates'
import { forgetToldOrderInfo } from './forget-told-order-info'

const system = { kind: 'system' } as const

async function keep(state: string, ageDays: number, body: object = {}): Promise<string> {
  const id = newId()
  await db().telegramUpdate.create({
    data: {
      id,
      updateId: 1,
      kind: 'message',
      state,
      body,
      receivedAt: addDays(new Date(), -ageDays),
    },
  })
  return id
}
const bodyOf = async (id: string) =>
  (await db().telegramUpdate.findUniqueOrThrow({ where: { id } })).body

beforeEach(async () => {
  await db().telegramUpdate.deleteMany()
})

describe('raw updates', () => {
  it.each(['handled', 'stored', 'dismissed'])(
    'are forgotten after 90 days when %s',
    async (state) => {
      const young = await keep(state, 89.9)
      await keep(state, 90.1)
      expect(await forgetOldUpdates(system)).toBe(1)
      expect(await forgetOldUpdates(system)).toBe(0)
      expect(await db().telegramUpdate.findMany({ select: { id: true } })).toEqual([{ id: young }])
    },
  )

  it('stay as long as a person has to look at them', async () => {
    await keep('review', 400)
    expect(await forgetOldUpdates(system)).toBe(0)
    expect(await db().telegramUpdate.count()).toBe(1)
  })

  it('are forgotten in batches until none is left', async () => {
    const receivedAt = addDays(new Date(), -100)
    await db().telegramUpdate.createMany({
      data: Array.from({ length: 2100 }, (_, updateId) => ({
        ...{ id: newId(), updateId, kind: 'message', state: 'handled', body: {}, receivedAt },
      })),
    })
    expect(await forgetOldUpdates(system)).toBe(2100)
    expect(await db().telegramUpdate.count()).toBe(0)
  })

  it('lose what the buyer filled in after 30 days, in every state and place, and nothing else', async () => {
    const info = { name: 'Ann', shipping_address: { city: 'Bath' } }
    const payment = { currency: 'GBP', total_amount: 2500, id: 4_503_599_627_370_495 }
    const body = { message: { successful_payment: { ...payment, order_info: info } } }
    const question = { list: [{ pre_checkout_query: { ...payment, order_info: info } }] }
    const old = await keep('review', 31, body)
    const asked = await keep('stored', 31, question)
    const young = await keep('handled', 29, body)
    const plain = await keep('handled', 31, { message: { text: 'order_info' } })

    expect(await forgetToldOrderInfo(system)).toBe(2)
    expect(await forgetToldOrderInfo(system)).toBe(0)
    expect(await bodyOf(old)).toEqual({ message: { successful_payment: payment } })
    expect(await bodyOf(asked)).toEqual({ list: [{ pre_checkout_query: payment }] })
    expect(await bodyOf(young)).toEqual(body)
    expect(await bodyOf(plain)).toEqual({ message: { text: 'order_info' } })
  })
})
