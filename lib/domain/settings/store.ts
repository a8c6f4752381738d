import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import type { Prisma } from '@/prisma/generated/client'

export async function loadRows(): Promise<Map<string, unknown>> {
  const rows = await db().setting.findMany({ select: { name: true, value: true } })
  return new Map(rows.map((row) => [row.name, row.value]))
}

export async function saveRow(
  tx: Tx,
  name: string,
  value: Prisma.InputJsonValue,
  by: string,
  now: Date,
): Promise<void> {
  const row = { value, updatedBy: by, updatedAt: now }
  await tx.setting.upsert({ where: { name }, update: row, create: { name, ...row } })
}

/** When anything was decided last; null while nothing was. */
export async function loadLastChange(): Promise<Date | null> {
  const { _max } = await db().setting.aggregate({ _max: { updatedAt: true } })
  return _max.updatedAt
}

/** Everything that is decided, while nobody else can decide anything. */
export async function lockRows(tx: Tx): Promise<{ rows: Map<string, unknown>; last: Date | null }> {
  await tx.$executeRaw`lock table settings in share row exclusive mode`
  const rows = await tx.setting.findMany()
  const last = rows.reduce<Date | null>(
    (latest, { updatedAt }) => (latest && latest > updatedAt ? latest : updatedAt),
    null,
  )
  return { rows: new Map(rows.map((row) => [row.name, row.value])), last }
}
