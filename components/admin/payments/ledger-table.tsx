import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { Price } from '@/components/web/price'
import type { LedgerRow } from '@/lib/domain/ledger/schema'
import { paymentsMessages } from '@/lib/messages/admin-payments'

const {
  columns: names,
  statuses,
  methods,
  kinds,
  unnamed,
  noPlan,
  notCharged,
  caption,
} = paymentsMessages

const tones = {
  pending: 'wait',
  completed: 'good',
  failed: 'plain',
  refunded: 'plain',
  review: 'bad',
} as const

const columns: Column<LedgerRow>[] = [
  {
    // The order of the list and its dates go by this moment, so it is what stands here.
    name: names.recorded,
    cell: (row) => (
      <Link href={`/admin/payments/${row.id}`} prefetch={false}>
        <Moment at={row.created_at} />
      </Link>
    ),
  },
  {
    name: names.charged,
    cell: ({ charged_at }) => (charged_at ? <Moment at={charged_at} /> : notCharged),
  },
  {
    name: names.person,
    cell: (row) => (
      <Link href={`/admin/users/${row.telegram_id}`} prefetch={false}>
        {row.name || unnamed}
        {row.username ? ` @${row.username}` : ` ${row.telegram_id}`}
      </Link>
    ),
  },
  {
    name: names.plan,
    cell: (row) =>
      row.plan_code ? (
        <Link href={`/admin/plans/${row.plan_code}`} prefetch={false}>
          {row.plan_code}
        </Link>
      ) : (
        noPlan
      ),
  },
  { name: names.method, cell: (row) => methods[row.method] },
  { name: names.kind, cell: (row) => kinds[row.kind] },
  {
    name: names.amount,
    isNumber: true,
    cell: (row) => <Price money={{ amount: row.amount, currency: row.currency }} />,
  },
  {
    name: names.status,
    cell: (row) => (
      <>
        <Status tone={tones[row.status]}>{statuses[row.status]}</Status>{' '}
        {row.reason ? row.reason.replaceAll('_', ' ') : null}
      </>
    ),
  },
]

export function LedgerTable({ rows }: { rows: readonly LedgerRow[] }) {
  return <Table caption={caption} columns={columns} rows={rows} keyOf={(row) => row.id} />
}
