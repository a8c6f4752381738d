import { Refusal } from '@/lib/kit/errors'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { type Cursor, readCursor, writeCursor } from './read-cursor'
import { isFoundByAmount, type LedgerFilter, type LedgerPage, type LedgerRow } from './schema'
import { findLookedTo, guessCount, loadLedger, type Reading } from './store'
import { findSearch } from './store-search'

export const pageSize = 50

const unsearched = { where: null, isCut: false }

/** Where a page begins: before or after the row that a cursor names. */
export type Place = { newerThan?: string | undefined; olderThan?: string | undefined }

/**
 * One page of everything that ever happened to money, newest or largest first. It may be short, or
 * empty, before the end of the list: then `lookedTo` says how far it looked, and the list goes on from
 * there. Refuses: forbidden, invalid_request (a cursor that is none of ours, an order by amount of
 * anything but everything or a search).
 */
export async function listLedger(
  actor: Manager,
  filter: LedgerFilter,
  place: Place = {},
  lookMost?: number,
): Promise<LedgerPage> {
  requirePower(actor, 'view')
  if (filter.sort === 'largest' && !isFoundByAmount(filter)) {
    throw new Refusal('invalid_request', 'The order by amount goes with no filter but a search.')
  }
  const towards = place.newerThan ? 'newer' : 'older'
  const text = place.newerThan ?? place.olderThan
  const cursor = text === undefined ? undefined : readCursor(text, filter.sort)
  if (cursor === null) {
    throw new Refusal('invalid_request', 'This address leads to no place in the list.')
  }
  const { where: found, isCut } = filter.q ? await findSearch(filter.q) : unsearched
  const reading: Reading = { filter, found, cursor, towards, ...(lookMost && { most: lookMost }) }
  const [read, about] = await Promise.all([
    loadLedger(reading, pageSize + 1),
    guessCount(filter, found),
  ])
  const hasMore = read.length > pageSize
  const rows = towards === 'newer' ? read.slice(hasMore ? 1 : 0) : read.slice(0, pageSize)
  const looked = hasMore ? null : await findLookedTo(reading)

  const at = (row: LedgerRow) =>
    writeCursor({
      key: filter.sort === 'largest' ? String(row.amount) : row.created_at,
      id: row.id,
    })
  const first = rows[0]
  const last = rows.at(-1)
  const [ahead, behind] = towards === 'older' ? [last, first] : [first, last]
  const onwards = hasMore && ahead ? at(ahead) : looked && writeCursor(looked)
  const back = cursor ? (behind ? at(behind) : wayBack(looked ?? cursor, towards)) : null
  const [newer, older] = towards === 'older' ? [back, onwards] : [onwards, back]
  return {
    rows,
    newer,
    older,
    // What is on this one page need not be guessed.
    about: newer || older ? Math.max(about, rows.length) : rows.length,
    isCut,
    lookedTo: looked?.key ?? null,
  }
}

/** From an empty page back, with the row of the place itself: no id is smaller, or larger. */
function wayBack({ key }: Cursor, towards: 'older' | 'newer'): string {
  return writeCursor({
    key,
    id:
      towards === 'older'
        ? '00000000-0000-0000-0000-000000000000'
        : 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  })
}
