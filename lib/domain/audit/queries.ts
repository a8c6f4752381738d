import { type Manager, requirePower } from '@/lib/kit/powers'
import type { AuditDto, AuditFilter, AuditPage } from './schema'
import { loadActorNames, loadEntries } from './store-list'

/** What was done, newest first, from one place of the list on. Refuses: forbidden. */
export async function listAudit(
  actor: Manager,
  filter: AuditFilter,
  most = 50,
): Promise<AuditPage> {
  requirePower(actor, 'read_audit')
  const { before, after } = filter
  const isForward = after !== undefined && before === undefined
  // One more than is shown tells whether the list goes on.
  const rows = await loadEntries(filter, isForward, most + 1)
  const hasMore = rows.length > most
  const shown = rows.slice(0, most)
  if (isForward) shown.reverse()
  const names = await loadActorNames(shown.map((row) => row.actor))
  const entries = shown.map(
    (row): AuditDto => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      name: names.get(row.actor) ?? null,
      action: row.action,
      subject: row.subject,
      subject_id: row.subjectId,
      reason: row.reason,
      details: wordsOf(row.details),
      from: row.from,
    }),
  )
  const [first, last] = [shown.at(0), shown.at(-1)]
  const hasNewer = isForward ? hasMore : before !== undefined
  const hasOlder = isForward || hasMore
  return {
    entries,
    newer: first && hasNewer ? placeOf(first) : null,
    older: last && hasOlder ? placeOf(last) : null,
  }
}

const placeOf = ({ at, id }: { at: Date; id: string }) => `${at.getTime()}_${id}`

function wordsOf(details: unknown): Record<string, string> {
  if (typeof details !== 'object' || details === null) return {}
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, String(value ?? 'none')]),
  )
}
