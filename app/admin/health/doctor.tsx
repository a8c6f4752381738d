import { Suspense } from 'react'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { type Check, examine } from '@/lib/doctor/checks'
import type { AdminActor } from '@/lib/kit/actor'
import { healthMessages } from '@/lib/messages/admin-health'

const words = healthMessages.doctor

async function State({ outcome }: Pick<Check, 'outcome'>) {
  const { ok } = await outcome
  return <Status tone={ok ? 'good' : 'bad'}>{ok ? words.ok : words.fail}</Status>
}

async function Remedy({ outcome }: Pick<Check, 'outcome'>) {
  return (await outcome).remedy
}

const columns: Column<Check>[] = [
  { name: words.columns.name, cell: (check) => check.name },
  {
    name: words.columns.state,
    cell: ({ outcome }) => (
      <Suspense fallback={healthMessages.loading}>
        <State outcome={outcome} />
      </Suspense>
    ),
  },
  {
    name: words.columns.remedy,
    cell: ({ outcome }) => (
      <Suspense>
        <Remedy outcome={outcome} />
      </Suspense>
    ),
  },
]

/** The doctor's table; each row is there as soon as its check has ended. */
export async function Doctor(admin: AdminActor) {
  return (
    <Table
      caption={words.caption}
      columns={columns}
      rows={examine(admin)}
      keyOf={(check) => check.name}
    />
  )
}
