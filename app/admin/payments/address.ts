import type { FilterName } from '@/components/admin/payments/ledger-filters'
import type { Place } from '@/lib/domain/ledger/queries'
import { readCursor } from '@/lib/domain/ledger/read-cursor'
import { isFoundByAmount, type LedgerFilter, ledgerFilter } from '@/lib/domain/ledger/schema'
import { paymentsMessages as words } from '@/lib/messages/admin-payments'

const names = Object.keys(words.names) as FilterName[]

type Address = Record<string, string | string[] | undefined>

/** What the address of the list says; what does not fit is left out and told. */
export function readAddress(address: Address) {
  const typed: Partial<Record<FilterName, string>> = {}
  const problems: Partial<Record<FilterName, string>> = {}
  const fitting: Record<string, string> = {}
  for (const name of names) {
    const value = address[name]
    if (typeof value !== 'string' || value.trim() === '') continue
    typed[name] = value
    const read = ledgerFilter.shape[name].safeParse(value)
    if (read.success) fitting[name] = value
    else problems[name] = words.problem(words.names[name], read.error.issues[0]?.message ?? '')
  }
  if (fitting.sort === 'largest' && !isFoundByAmount(fitting)) {
    delete fitting.sort
    problems.sort = words.onlyAlone
  }
  const filter: LedgerFilter = ledgerFilter.parse(fitting)
  const cursorIn = (name: string) => {
    const text = address[name]
    return typeof text === 'string' && readCursor(text, filter.sort) ? text : undefined
  }
  const place: Place = { newerThan: cursorIn('newer_than'), olderThan: cursorIn('older_than') }
  const addressOf = (where: 'list' | 'export', more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...fitting, ...more }).toString()
    const path = where === 'list' ? '/admin/payments' : '/admin/payments/export'
    return query ? `${path}?${query}` : path
  }
  return { filter, place, typed, problems, addressOf }
}
