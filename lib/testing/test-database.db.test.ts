import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { makeProfile } from './factories'

describe('the test database', () => {
  it('belongs to this file, migrated and seeded', async () => {
    const codes = (await db().plan.findMany({ select: { code: true } })).map((plan) => plan.code)
    expect(codes).toContain('gold_1m')
    expect(await db().user.count()).toBe(0)
  })

  it('keeps ids of people that need more than 32 bits', async () => {
    const { telegramUserId, firstName } = makeProfile()
    const id = '01900000-0000-7000-8000-000000000001'
    await db().user.create({ data: { id, telegramUserId: BigInt(telegramUserId), firstName } })
    const found = await db().user.findUniqueOrThrow({ where: { id } })
    expect(Number(found.telegramUserId)).toBe(telegramUserId)
  })
})
