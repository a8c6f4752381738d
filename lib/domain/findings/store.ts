import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import type { Tx } from '@/lib/platform/transaction'
import {
  type FindingDetails,
  type FindingDto,
  type FindingKind,
  findingDto,
  standingFindings,
} from './schema'

type Row = { id: string; is_news: boolean }

/**
 * Writes a matter down once. One that was resolved and came back counts as news again, but for one
 * that a person settled (`standingFindings`) and that says nothing else; the sums of one that is
 * known follow what was seen last. The statement looks before it writes: a row that it has written
 * itself cannot be locked any more, and would count as news each time.
 */
export async function upsertFinding(
  tx: Tx,
  finding: { kind: FindingKind; subject: string; details: FindingDetails; count: number },
  now: Date,
): Promise<{ id: string; isNews: boolean }> {
  const isStanding = standingFindings.has(finding.kind)
  const rows = await tx.$queryRaw<Row[]>`
    with known as (
      select id, resolved_at from findings
      where kind = ${finding.kind} and subject = ${finding.subject} for update
    ), written as (
      insert into findings as f (id, kind, subject, details, count, first_seen, last_seen)
      select ${newId(now)}::uuid, ${finding.kind}, ${finding.subject},
        ${JSON.stringify(finding.details)}::jsonb, ${finding.count}::int, ${now}, ${now}
      from (select count(*) from known) looked_first
      on conflict (kind, subject) do update set details = excluded.details,
        count = excluded.count, last_seen = excluded.last_seen,
        (resolved_at, resolved_by) = (select f.resolved_at, f.resolved_by
          where ${isStanding} and f.resolved_by <> 'system'
            and f.details = excluded.details and f.count = excluded.count)
      returning id, resolved_at
    )
    select written.id, written.resolved_at is null
      and not exists (select from known where resolved_at is null) as is_news
    from written`
  const [row] = rows
  if (!row) throw new Error('the finding could not be written')
  return { id: row.id, isNews: row.is_news }
}

export async function setResolved(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const { count } = await tx.finding.updateMany({
    where: { id, resolvedAt: null },
    data: { resolvedAt: now, resolvedBy: by },
  })
  return count === 1
}

/** Matters of this subject are over, whatever their kind. */
export async function setSubjectResolved(
  tx: Tx,
  kinds: FindingKind[],
  subject: string,
  by: string,
  now: Date,
): Promise<void> {
  await tx.finding.updateMany({
    where: { kind: { in: kinds }, subject, resolvedAt: null },
    data: { resolvedAt: now, resolvedBy: by },
  })
}

export async function setOthersResolved(
  tx: Tx,
  kind: FindingKind,
  seen: string[],
  by: string,
  now: Date,
): Promise<void> {
  await tx.finding.updateMany({
    where: { kind, subject: { notIn: seen }, resolvedAt: null },
    data: { resolvedAt: now, resolvedBy: by },
  })
}

export async function loadOpen(most: number): Promise<FindingDto[]> {
  const rows = await db().finding.findMany({
    where: { resolvedAt: null },
    orderBy: { lastSeen: 'desc' },
    take: most,
  })
  return rows.map(toDto)
}

export async function loadFinding(id: string): Promise<FindingDto | null> {
  const row = await db().finding.findUnique({ where: { id } })
  return row && toDto(row)
}

function toDto(row: {
  id: string
  kind: string
  subject: string
  details: unknown
  count: number
  firstSeen: Date
  lastSeen: Date
  resolvedAt: Date | null
}): FindingDto {
  return findingDto.parse({
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    details: row.details,
    count: row.count,
    first_seen: row.firstSeen.toISOString(),
    last_seen: row.lastSeen.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
  })
}
