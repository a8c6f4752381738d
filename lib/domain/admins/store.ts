import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'

export async function loadRole(telegramUserId: number): Promise<string | null> {
  const row = await db().adminRole.findUnique({ where: { telegramUserId }, select: { role: true } })
  return row?.role ?? null
}

export async function loadRoles() {
  return db().adminRole.findMany({ orderBy: { grantedAt: 'asc' }, take: 1000 })
}

/** Names of people, as far as they ever spoke to the bot. */
export async function loadNames(telegramUserIds: number[]) {
  return db().user.findMany({
    where: { telegramUserId: { in: telegramUserIds } },
    select: { telegramUserId: true, firstName: true, username: true },
  })
}

/** The role at this moment, held until the transaction ends; null for none. */
export async function findRole(tx: Tx, telegramUserId: number): Promise<string | null> {
  const rows = await tx.$queryRaw<{ role: string }[]>`
    select role from admin_roles where telegram_user_id = ${telegramUserId} for update`
  return rows[0]?.role ?? null
}

export async function upsertRole(
  tx: Tx,
  telegramUserId: number,
  role: string,
  by: string,
  now: Date,
): Promise<void> {
  const row = { role, grantedBy: by, grantedAt: now }
  await tx.adminRole.upsert({
    where: { telegramUserId },
    update: row,
    create: { telegramUserId, ...row },
  })
}

/** False when there was none. */
export async function deleteRole(tx: Tx, telegramUserId: number): Promise<boolean> {
  const { count } = await tx.adminRole.deleteMany({ where: { telegramUserId } })
  return count === 1
}
