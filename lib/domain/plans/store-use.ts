import { z } from 'zod'
import { addSeconds } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import { Prisma } from '@/prisma/generated/client'
import type { Past } from './impact'
import type { PlanUse } from './schema'

const use = z.object({
  code: z.string(),
  entitlements: z.number(),
  subscriptions: z.number(),
  heldIsCut: z.boolean(),
  openInvoices: z.number(),
  openCardInvoices: z.number(),
  openPages: z.number(),
  offeredIsCut: z.boolean(),
})

/**
 * Every plan's use, or one plan's. Looks at no more than `most` rows of a kind, each time out of an
 * index in whose order what counts stands together: access that ends never, then latest, first.
 */
export async function loadUse(
  now: Date,
  graceHours: number,
  code: string | null,
  most: number,
): Promise<Map<string, PlanUse>> {
  const graceBegan = addSeconds(now, -graceHours * 3600)
  const only = code === null ? Prisma.empty : Prisma.sql`where p.code = ${code}`
  // A limit that the planner knows lets it see that an index in order is enough.
  const limit = Prisma.raw(`limit ${most + 1}`)
  const isHeld = Prisma.sql`(expires_at is null or expires_at > ${graceBegan})`
  const lasts = Prisma.sql`revoked_at is null and (expires_at is null or expires_at > ${now})`
  const rows = await db().$queryRaw<unknown[]>`
    select p.code, e.*, i.* from plans p
    cross join lateral (
      select (count(*) filter (where ${lasts}))::int as entitlements,
        (count(*) filter (where renews and revoked_at is null and ${isHeld}))::int as subscriptions,
        count(*) filter (where ${isHeld}) > ${most} as "heldIsCut"
      from (select expires_at, renews, revoked_at from entitlements where plan_code = p.code
        order by expires_at desc ${limit}) held
    ) e
    cross join lateral (
      select (count(*) filter (where method <> 'stripe'))::int as "openInvoices",
        (count(*) filter (where method = 'telegram'))::int as "openCardInvoices",
        (count(*) filter (where method = 'stripe'))::int as "openPages",
        count(*) > ${most} as "offeredIsCut"
      from (select method from invoices where plan_code = p.code and status = 'open'
        and expires_at > ${now} order by expires_at ${limit}) offered
    ) i ${only}`
  return new Map(
    z
      .array(use)
      .parse(rows)
      .map(({ code: of, ...counts }) => [of, counts]),
  )
}

/** What must keep a plan's family and tier as they are. */
export async function loadPast(tx: Tx, code: string, now: Date): Promise<Past> {
  const isThere = async (found: Promise<unknown>) => (await found) !== null
  const where = { planCode: code }
  const isSold =
    (await isThere(tx.entitlement.findFirst({ where, select: { id: true } }))) ||
    (await isThere(tx.grant.findFirst({ where, select: { id: true } }))) ||
    (await isThere(
      tx.paymentEvent.findFirst({
        where: { ...where, chargeId: { not: null } },
        select: { id: true },
      }),
    ))
  const isOffered = await isThere(
    tx.invoice.findFirst({
      where: { ...where, status: 'open', expiresAt: { gt: now } },
      select: { id: true },
    }),
  )
  return { isSold, isOffered }
}
