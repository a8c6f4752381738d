import type { z } from 'zod'
import type { ledgerKind, ledgerMethod, ledgerSort, ledgerStatus } from '@/lib/domain/ledger/schema'

/** The list of payments. */
export const paymentsMessages = {
  title: 'Payments',
  intro: 'Everything that ever happened to money, also questions that were never paid.',
  search: 'Search',
  searchHint: 'A Telegram id, @username or name; a charge, invoice or payment id; a payload.',
  filters: 'Filters',
  any: 'Any',
  names: {
    status: 'Status',
    plan: 'Plan',
    method: 'Method',
    kind: 'Kind',
    currency: 'Currency',
    from: 'From (UTC)',
    to: 'To (UTC)',
    sort: 'Order',
    q: 'Search',
  },
  show: 'Show',
  clear: 'Clear all',
  statuses: {
    pending: 'Pending',
    completed: 'Completed',
    failed: 'Failed',
    refunded: 'Refunded',
    review: 'In review',
  } satisfies Record<z.infer<typeof ledgerStatus>, string>,
  methods: {
    stars: 'Stars',
    telegram: 'Card in Telegram',
    stripe: 'Card (Stripe)',
  } satisfies Record<z.infer<typeof ledgerMethod>, string>,
  kinds: {
    one_off: 'One-off',
    first: 'First of a subscription',
    renewal: 'Renewal',
  } satisfies Record<z.infer<typeof ledgerKind>, string>,
  sorts: { newest: 'Newest first', largest: 'Largest amount first' } satisfies Record<
    z.infer<typeof ledgerSort>,
    string
  >,
  columns: {
    date: 'Date',
    person: 'Person',
    plan: 'Plan',
    method: 'Method',
    kind: 'Kind',
    amount: 'Amount',
    status: 'Status',
  },
  caption: 'Payments',
  unnamed: 'No name',
  noPlan: 'Unknown plan',
  about: (rows: number) =>
    rows === 1 ? 'One row' : `About ${new Intl.NumberFormat('en').format(rows)} rows`,
  empty: 'Nobody has paid or tried to yet. The first attempt will stand here.',
  noMatch: 'Nothing fits. Take a filter away, or search for less.',
  problem: (name: string, problem: string) => `${name} ${problem}.`,
  onlyAlone: 'The order by amount works without filters, so this is the newest first.',
  export: {
    start: 'Export as CSV',
    stop: 'Stop',
    working: (rows: number, megabytes: string) =>
      `${new Intl.NumberFormat('en').format(rows)} rows, ${megabytes} MB`,
    done: (rows: number) => `Saved ${new Intl.NumberFormat('en').format(rows)} rows.`,
    failed: 'The export broke off. Nothing was saved; try again.',
    forbidden: 'Your role may not export.',
  },
}
