import Link from 'next/link'
import { Empty } from '@/components/admin/panel'
import { type Column, Table } from '@/components/admin/table'
import type { GroupDto } from '@/lib/domain/figures/schema'
import { overviewMessages } from '@/lib/messages/admin-overview'
import { Sums } from './sums'

const { groups: words, share, count, sales } = overviewMessages

type Props = {
  by: 'plans' | 'methods'
  groups: readonly GroupDto[]
  /** The first and last day, for the list of the same payments. */
  from: string
  to: string
}

/** The days by plan or by method; each leads to its payments. */
export function Groups({ by, groups, from, to }: Props) {
  if (groups.length === 0) return <Empty>{words.empty}</Empty>
  const { name, ...names } = words.columns
  const filter = by === 'plans' ? 'plan' : 'method'
  const columns: Column<GroupDto>[] = [
    {
      name: name[by],
      cell: (group) => {
        const title = titleOf(by, group.name)
        // Unknown plans and gifts are nothing that the list of payments is filtered by.
        if (group.name === '' || group.name === 'grant') return title
        const query = new URLSearchParams({ [filter]: group.name, from, to })
        return (
          <Link href={`/admin/payments?${query}`} prefetch={false}>
            {title}
          </Link>
        )
      },
    },
    { name: names.charges, isNumber: true, cell: (group) => count(group.charges) },
    {
      name: names.charged,
      isNumber: true,
      cell: (group) => <Sums of={group.charged} none={sales.nothing} />,
    },
    {
      name: names.refunded,
      isNumber: true,
      cell: (group) => <Sums of={group.refunded} none={sales.nothing} />,
    },
    {
      name: names.refundRate,
      isNumber: true,
      cell: (group) => share(group.returned, group.charges),
    },
    {
      name: names.conversion,
      isNumber: true,
      cell: (group) => share(group.paid, group.invoices),
    },
    { name: names.active, isNumber: true, cell: (group) => count(group.active) },
    { name: names.began, isNumber: true, cell: (group) => count(group.began) },
    { name: names.ended, isNumber: true, cell: (group) => count(group.ended) },
  ]
  return <Table caption={words[by]} columns={columns} rows={groups} keyOf={(group) => group.name} />
}

function titleOf(by: 'plans' | 'methods', name: string): string {
  if (name === '') return words.unknown
  return by === 'methods' ? (words.methodNames[name] ?? name) : name
}
