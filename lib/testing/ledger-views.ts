import type { LedgerFilter } from '@/lib/domain/ledger/schema'

const view = (name: string, filter: Partial<LedgerFilter>) => ({
  name,
  filter: { sort: 'newest', ...filter } satisfies LedgerFilter,
})

/** What an admin may look at: each must be found by an index, on its first page and on a deep one. */
export const ledgerViews: readonly { name: string; filter: LedgerFilter }[] = [
  view('everything', {}),
  view('by amount', { sort: 'largest' }),
  ...(['pending', 'completed', 'failed', 'refunded', 'review'] as const).map((status) =>
    view(`status ${status}`, { status }),
  ),
  ...(['stars', 'telegram', 'stripe'] as const).map((method) =>
    view(`method ${method}`, { method }),
  ),
  ...(['one_off', 'first', 'renewal'] as const).map((kind) => view(`kind ${kind}`, { kind })),
  view('plan', { plan: 'gold_1m' }),
  view('rare plan', { plan: 'coaching_1m' }),
  view('Stars', { currency: 'XTR' }),
  view('pounds', { currency: 'GBP' }),
  view('a month', { from: '2026-01-01', to: '2026-01-31' }),
  view('refunds of a plan', { status: 'refunded', plan: 'gold_1m' }),
]
