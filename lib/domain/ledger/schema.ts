import { z } from 'zod'

export const ledgerStatus = z.enum(['pending', 'completed', 'failed', 'refunded', 'review'])
export const ledgerMethod = z.enum(['stars', 'telegram', 'stripe'])
export const ledgerKind = z.enum(['one_off', 'first', 'renewal'])
export const ledgerSort = z.enum(['newest', 'largest'])

/** PostgreSQL knows no text with a zero in it, so nothing can be found by one. */
const isStorable = (text: string) => !text.includes('\0')

const day = z.iso.date('is not a date such as 2026-03-01')

/** What the list of payments shows; every part stands in the address under its own name. */
export const ledgerFilter = z.object({
  /** A Telegram id, @username or name, or the id of a charge, invoice or payment, or a payload. */
  q: z.string().trim().min(1).max(256).refine(isStorable, 'is no text').optional(),
  status: ledgerStatus.optional(),
  plan: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,31}$/, 'is not a plan code')
    .optional(),
  method: ledgerMethod.optional(),
  kind: ledgerKind.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not a currency such as XTR or EUR')
    .optional(),
  /** Days in UTC; both are part of what is shown. */
  from: day.optional(),
  to: day.optional(),
  sort: ledgerSort.default('newest'),
})
export type LedgerFilter = z.infer<typeof ledgerFilter>

/** What the order by amount goes with; an index for every pair would make each payment slower. */
const sortable: ReadonlySet<string> = new Set(['sort', 'q'])

export function isFoundByAmount(filter: Partial<Record<keyof LedgerFilter, unknown>>): boolean {
  return Object.entries(filter).every(([name, value]) => sortable.has(name) || !value)
}

/** One row of the ledger. Amounts in the currency's smallest unit; dates are ISO 8601. */
export const ledgerRow = z.object({
  id: z.string(),
  created_at: z.string(),
  charged_at: z.string().nullable(),
  telegram_id: z.int(),
  name: z.string(),
  username: z.string().nullable(),
  plan_code: z.string().nullable(),
  method: ledgerMethod,
  kind: ledgerKind,
  amount: z.int(),
  currency: z.string(),
  status: ledgerStatus,
  reason: z.string().nullable(),
})
export type LedgerRow = z.infer<typeof ledgerRow>

/** A page of the list. The cursors lead to the pages beside it; null where the list ends. */
export type LedgerPage = {
  rows: LedgerRow[]
  newer: string | null
  older: string | null
  /** What the database guesses without counting. */
  about: number
  /** Whether the search fits more people than were looked at. */
  isCut: boolean
  /** How far a page looked that is not full, in ISO 8601; null when it saw the end of the list. */
  lookedTo: string | null
}
