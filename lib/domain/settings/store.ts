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
