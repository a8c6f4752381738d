import { z } from 'zod'
import { addSeconds } from '@/lib/kit/period'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import { Prisma } from '@/prisma/generated/client'
import type { Past } from './impact'
import { countMax, type PlanUse } from './schema'

const use = z.object({
  code: z.string(),
  entitlements: z.number(),
  subscriptions: z.number(),
  openInvoices: z.number(),
  openCardInvoices: z.number(),
  openPages: z.number(),
})

/** Every plan's use, or one plan's. Never looks at more than `countMax` rows of a kind. */
export async function loadUse(
  now: Date,
  graceHours: number,
  code: string | null,
): Promise<Map<string, PlanUse>> {
  const graceBegan = addSeconds(now, -graceHours * 3600)
  const only = code === null ? Prisma.empty : Prisma.sql`where p.code = ${code}`
  const rows = await db().$queryRaw<unknown[]>`
    select p.code, e.*, i.* from plans p
    cross join lateral (
      select (count(*) filter (where expires_at is null or expires_at > ${now}))::int as entitlements,
        (count(*) filter (where renews))::int as subscriptions
      from (select expires_at, renews from entitlements where plan_code = p.code
        and revoked_at is null and (expires_at is null or expires_at > ${graceBegan})
        limit ${countMax}) held
    ) e
    cross join lateral (
      select (count(*) filter (where method <> 'stripe'))::int as "openInvoices",
        (count(*) filter (where method = 'telegram'))::int as "openCardInvoices",
        (count(*) filter (where method = 'stripe'))::int as "openPages"
      from (select method from invoices where plan_code = p.code and status = 'open'
        and expires_at > ${now} limit ${countMax}) offered
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
