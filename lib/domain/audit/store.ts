import { newId } from '@/lib/kit/ids'
import type { Tx } from '@/lib/platform/transaction'
import type { AuditedAction } from './record-audit'

export async function insertEntry(
  tx: Tx,
  entry: AuditedAction & { actor: string; from: string | null },
  now: Date,
): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(now),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      subjectId: entry.subjectId,
      reason: entry.reason ?? null,
      details: entry.details ?? {},
      from: entry.from,
      at: now,
    },
    select: { id: true },
  })
}
