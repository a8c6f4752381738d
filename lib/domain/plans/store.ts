import { db } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'
import { type PlanDto, planDto } from './schema'

export const select = {
  code: true,
  name: true,
  description: true,
  features: true,
  family: true,
  tier: true,
  kind: true,
  durationDays: true,
  goods: true,
  onSale: true,
  prices: { select: { currency: true, amount: true }, orderBy: { currency: 'asc' } },
} satisfies Prisma.PlanSelect

type Row = Prisma.PlanGetPayload<{ select: typeof select }>

export const toDto = (row: Row): PlanDto =>
  planDto.parse({
    ...row,
    prices: row.prices.map((price) => ({ ...price, amount: Number(price.amount) })),
  })

export async function loadPlans(): Promise<PlanDto[]> {
  const rows = await db().plan.findMany({ select, orderBy: [{ position: 'asc' }, { code: 'asc' }] })
  return rows.map(toDto)
}

export async function loadPlan(code: string): Promise<PlanDto | null> {
  const row = await db().plan.findUnique({ where: { code }, select })
  return row && toDto(row)
}

/** The catalogue in display order, or one plan of it, each with the version of its last edit. */
export async function loadVersioned(
  code: string | null,
): Promise<(PlanDto & { version: string })[]> {
  const rows = await db().plan.findMany({
    where: code === null ? {} : { code },
    select: { ...select, updatedAt: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
  })
  return rows.map((row) => ({ ...toDto(row), version: row.updatedAt.toISOString() }))
}
