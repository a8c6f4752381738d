import type { Readable } from 'node:stream'
import { recordAudit } from '@/lib/domain/audit/record-audit'
import { newId } from '@/lib/kit/ids'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { inTransaction } from '@/lib/platform/transaction'
import type { LedgerFilter } from './schema'
import { exportSql, guessExport, streamCsv } from './store-export'

/**
 * Everything the filter shows, in its order, as a stream of CSV. Who took it is written down before
 * the first byte. Refuses: forbidden.
 */
export async function exportPayments(actor: Manager, filter: LedgerFilter): Promise<Readable> {
  requirePower(actor, 'export')
  const at = await now()
  const details = Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  await inTransaction((tx) =>
    recordAudit(
      tx,
      actor,
      { action: 'export_payments', subject: 'export', subjectId: newId(at), details },
      at,
    ),
  )
  return streamCsv(exportSql(filter))
}

/** About how many rows the file will have. Refuses: forbidden. */
export function guessExported(actor: Manager, filter: LedgerFilter): Promise<number> {
  requirePower(actor, 'export')
  return guessExport(filter)
}
