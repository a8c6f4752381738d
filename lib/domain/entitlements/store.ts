import { db } from '@/lib/platform/db'

/** Everything a person ever held, with the plan's features, family and tier. */
export async function loadEntitlements(telegramUserId: number) {
  const rows = await db().entitlement.findMany({
    where: { user: { telegramUserId } },
    select: {
      planCode: true,
      startsAt: true,
      expiresAt: true,
      renews: true,
      source: true,
      revokedAt: true,
      plan: { select: { name: true, features: true, family: true, tier: true } },
    },
    orderBy: [{ startsAt: 'desc' }, { planCode: 'asc' }],
  })
  return rows.map(({ plan, ...row }) => ({ ...row, ...plan }))
}
