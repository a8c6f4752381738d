import type { Tx } from '@/lib/platform/transaction'
import type { PlanDraft, PlanDto } from './schema'
import { select, toDto } from './store'

/**
 * The plan as it stands, held against every other edit and, because a sale refers to its plan,
 * against every new sale of it until the transaction ends. Null when there is none.
 */
export async function lockPlan(
  tx: Tx,
  code: string,
): Promise<{ plan: PlanDto; updatedAt: Date } | null> {
  await tx.$queryRaw`select code from plans where code = ${code} for update`
  const row = await tx.plan.findUnique({ where: { code }, select: { ...select, updatedAt: true } })
  return row && { plan: toDto(row), updatedAt: row.updatedAt }
}

/** Puts a new plan at the end of the list. False when its code is taken. */
export async function insertPlan(tx: Tx, draft: PlanDraft, now: Date): Promise<boolean> {
  const { prices, ...fields } = draft
  const last = await tx.plan.aggregate({ _max: { position: true } })
  const position = (last._max.position ?? 0) + 1
  const { count } = await tx.plan.createMany({
    data: [{ ...fields, position, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  })
  if (count === 1) await writePrices(tx, draft.code, prices)
  return count === 1
}

export async function updatePlan(tx: Tx, draft: PlanDraft, updatedAt: Date): Promise<void> {
  const { code, prices, ...fields } = draft
  await tx.plan.update({ where: { code }, data: { ...fields, updatedAt }, select: { code: true } })
  await tx.planPrice.deleteMany({ where: { planCode: code } })
  await writePrices(tx, code, prices)
}

async function writePrices(tx: Tx, planCode: string, prices: PlanDraft['prices']): Promise<void> {
  await tx.planPrice.createMany({ data: prices.map((price) => ({ planCode, ...price })) })
}

export async function setOnSale(
  tx: Tx,
  code: string,
  onSale: boolean,
  updatedAt: Date,
): Promise<void> {
  await tx.plan.update({ where: { code }, data: { onSale, updatedAt }, select: { code: true } })
}

/** All codes in display order, held against another reordering; sales go on meanwhile. */
export async function lockOrder(tx: Tx): Promise<string[]> {
  await tx.$queryRaw`select code from plans order by code for no key update`
  const rows = await tx.plan.findMany({
    select: { code: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
  })
  return rows.map((row) => row.code)
}

/** The order is no edit of a plan, so its version stays. */
export async function setOrder(tx: Tx, codes: string[]): Promise<void> {
  await tx.$executeRaw`
    update plans set position = ordered.position
    from unnest(${codes}::text[]) with ordinality as ordered (code, position)
    where plans.code = ordered.code`
}
