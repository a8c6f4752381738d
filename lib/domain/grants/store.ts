import { z } from 'zod'
import type { Tx } from '@/lib/platform/transaction'

export async function isKnown(tx: Tx, telegramUserId: number): Promise<boolean> {
  const row = await tx.user.findUnique({ where: { telegramUserId }, select: { id: true } })
  return row !== null
}

export function findPlan(tx: Tx, code: string) {
  return tx.plan.findUnique({ where: { code }, select: { code: true, family: true, tier: true } })
}

/** What the person has in a family, also what ended. */
export async function loadHeld(tx: Tx, userId: string, family: string) {
  const rows = await tx.entitlement.findMany({
    where: { userId, plan: { family } },
    select: {
      planCode: true,
      startsAt: true,
      expiresAt: true,
      renews: true,
      revokedAt: true,
      plan: { select: { tier: true } },
    },
  })
  return rows.map(({ plan, ...row }) => ({ ...row, ...plan }))
}

type NewGrant = {
  id: string
  userId: string
  planCode: string
  days: number | null
  grantedBy: string
  reason: string
  grantedAt: Date
}

/** False when there is a grant of this id. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<boolean> {
  const { count } = await tx.grant.createMany({ data: [grant], skipDuplicates: true })
  return count === 1
}

const found = z.object({
  userId: z.string(),
  telegramUserId: z.coerce.number(),
  planCode: z.string(),
  family: z.string(),
  days: z.number().nullable(),
  isRevoked: z.boolean(),
})
export type FoundGrant = z.infer<typeof found>

export async function findGrant(tx: Tx, id: string): Promise<FoundGrant | null> {
  const row = await tx.grant.findUnique({
    where: { id },
    select: {
      userId: true,
      planCode: true,
      days: true,
      revokedAt: true,
      user: { select: { telegramUserId: true } },
      plan: { select: { family: true } },
    },
  })
  if (!row) return null
  const { user, plan, revokedAt, ...grant } = row
  return found.parse({ ...grant, ...user, ...plan, isRevoked: revokedAt !== null })
}

/** False when it was revoked before. */
export async function setRevoked(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const { count } = await tx.grant.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now, revokedBy: by },
  })
  return count === 1
}
