import { db } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'
import type { AuditFilter } from './schema'

const dayMs = 24 * 3600 * 1000

/** Entries beyond a place: older ones newest first, or (forward) newer ones oldest first. */
export async function loadEntries(filter: AuditFilter, isForward: boolean, most: number) {
  const direction = isForward ? 'asc' : 'desc'
  return db().auditEntry.findMany({
    where: { AND: [matching(filter), beyond(filter, isForward)] },
    orderBy: [{ at: direction }, { id: direction }],
    take: most,
  })
}

function matching({ actor, action, subject, id, from, to }: AuditFilter) {
  return {
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(id ? { subjectId: id } : {}),
    at: {
      ...(from ? { gte: new Date(from) } : {}),
      ...(to ? { lt: new Date(new Date(to).getTime() + dayMs) } : {}),
    },
  } satisfies Prisma.AuditEntryWhereInput
}

function beyond({ before, after }: AuditFilter, isForward: boolean): Prisma.AuditEntryWhereInput {
  const [time, id] = (isForward ? after : before)?.split('_') ?? []
  if (!time || !id) return {}
  const at = new Date(Number(time))
  return isForward
    ? { at: { gte: at }, OR: [{ at: { gt: at } }, { id: { gt: id } }] }
    : { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: id } }] }
}

/** First names by Telegram id, as far as they ever spoke to the bot. */
export async function loadActorNames(actors: string[]): Promise<Map<string, string>> {
  const ids = [...new Set(actors)].filter((actor) => /^\d{1,18}$/.test(actor)).map(BigInt)
  const rows = await db().user.findMany({
    where: { telegramUserId: { in: ids } },
    select: { telegramUserId: true, firstName: true },
  })
  return new Map(rows.map((row) => [String(row.telegramUserId), row.firstName]))
}
