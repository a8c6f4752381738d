import type { z } from 'zod'
import type { ledgerKind, ledgerMethod, ledgerSort, ledgerStatus } from '@/lib/domain/ledger/schema'

const number = (value: number) => new Intl.NumberFormat('en').format(value)

/** The list of payments. */
export const paymentsMessages = {
  title: 'Payments',
  intro:
    'Everything that ever happened to money, also questions that were never paid. The list goes by when a row was recorded: a charge that was found later stands where it was found.',
  search: 'Search',
  searchHint:
    'A Telegram id, @username or name; a charge, invoice or payment id; a payload; the id of a card charge at its bank or Stripe.',
  filters: 'Filters',
  any: 'Any',
  names: {
    status: 'Status',
    plan: 'Plan',
    method: 'Method',
    kind: 'Kind',
    currency: 'Currency',
    from: 'Recorded from (UTC)',
    to: 'Recorded to (UTC)',
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
  sorts: { newest: 'Last recorded first', largest: 'Largest amount first' } satisfies Record<
    z.infer<typeof ledgerSort>,
    string
  >,
  columns: {
    recorded: 'Recorded',
    charged: 'Charged',
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
  notCharged: 'No',
  about: (rows: number) => (rows === 1 ? 'One row' : `About ${number(rows)} rows`),
  empty: 'Nobody has paid or tried to yet. The first attempt will stand here.',
  noMatch: 'Nothing fits. Take a filter away, or search for less.',
  /** A search by name that fits more people than a page looks at. */
  cut: 'More people than a page looks at have such a name, so their payments are not all here. Type more of the name; the export has everybody’s.',
  /** Between rows that fit, too many were passed for one page. */
  looked: (isEmpty: boolean) =>
    isEmpty ? 'Nothing that fits was found as far as' : 'Few fit. This page looked as far as',
  goOn: '; the list goes on from there. The export has everything at once.',
  problem: (name: string, problem: string) => `${name} ${problem}.`,
  onlyAlone: 'The order by amount works without filters, so this is the last recorded first.',
  export: {
    start: 'Export as CSV',
    stop: 'Stop',
    progress: 'Rows of the export',
    working: (rows: number, about: number, megabytes: string) =>
      `${number(rows)} of about ${number(Math.max(rows, about))} rows, ${megabytes} MB`,
    begun: 'The export has begun.',
    done: (rows: number) => (rows === 1 ? 'Saved 1 row.' : `Saved ${number(rows)} rows.`),
    /** Where the page cannot write a file itself. */
    handedOver:
      'Your browser saves the file: its list of downloads shows how far it is, and stops it.',
    stopped: 'Stopped. Nothing was saved.',
    failed: 'The export broke off. Nothing was saved; try again.',
    forbidden: 'Your role may not export.',
  },
}
