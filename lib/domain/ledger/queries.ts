import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { readCursor, writeCursor } from './read-cursor'
import type { LedgerFilter, LedgerPage, LedgerRow } from './schema'
import { guessCount, loadLedger } from './store'
import { findSearch } from './store-search'

export const pageSize = 50

const unsearched = { where: null, isCut: false }

/** Where a page begins: before or after the row that a cursor names. */
export type Place = { newerThan?: string | undefined; olderThan?: string | undefined }

/**
 * One page of everything that ever happened to money, newest or largest first. Refuses: forbidden,
 * invalid_request (a cursor that is none of ours).
 */
export async function listLedger(
  actor: Manager,
  filter: LedgerFilter,
  place: Place = {},
): Promise<LedgerPage> {
  requirePower(actor, 'view')
  const towards = place.newerThan ? 'newer' : 'older'
  const text = place.newerThan ?? place.olderThan
  const cursor = text === undefined ? undefined : readCursor(text, filter.sort)
  if (cursor === null) {
    throw new Refusal('invalid_request', 'This address leads to no place in the list.')
  }
  const { where: found, isCut } = filter.q ? await findSearch(filter.q) : unsearched
  const [read, about] = await Promise.all([
    loadLedger({ filter, found, cursor, towards }, pageSize + 1),
    guessCount(filter, found),
  ])
  const hasMore = read.length > pageSize
  const rows = towards === 'newer' ? read.slice(hasMore ? 1 : 0) : read.slice(0, pageSize)
  const at = (row: LedgerRow | undefined) =>
    row
      ? writeCursor({
          key: filter.sort === 'largest' ? String(row.amount) : row.created_at,
          id: row.id,
        })
      : null
  const hasNewer = towards === 'newer' ? hasMore : cursor !== undefined
  const hasOlder = towards === 'older' ? hasMore : cursor !== undefined
  return {
    rows,
    newer: hasNewer ? at(rows[0]) : null,
    older: hasOlder ? at(rows.at(-1)) : null,
    // What is on this one page need not be guessed.
    about: hasNewer || hasOlder ? Math.max(about, rows.length) : rows.length,
    isCut,
  }
}
