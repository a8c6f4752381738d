import Link from 'next/link'
import { CopyId } from '@/components/admin/copy-button'
import { Moment } from '@/components/admin/moment'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import type { PersonRow } from '@/lib/domain/people/schema'
import { peopleWords } from '@/lib/messages/admin-people'

const words = peopleWords.columns

const columns: Column<PersonRow>[] = [
  { name: words.person, cell: (one) => <Person person={one} /> },
  { name: words.id, cell: (one) => <CopyId id={String(one.telegramUserId)} name="telegram id" /> },
  { name: words.reachable, cell: (one) => peopleWords.reachable(one.reachable) },
  { name: words.since, cell: (one) => <Moment at={one.since} /> },
]

function Person({ person }: { person: PersonRow }) {
  const { telegramUserId, name, username, isBanned, isDeleted } = person
  return (
    <>
      <Link href={`/admin/users/${telegramUserId}`} prefetch={false}>
        {name || (isDeleted ? peopleWords.gone : peopleWords.nameless)}
      </Link>{' '}
      {username ? `@${username} ` : null}
      {isBanned ? <Status tone="bad">{peopleWords.banned}</Status> : null}
    </>
  )
}

export function PeopleTable({ people }: { people: readonly PersonRow[] }) {
  return (
    <Table
      caption={peopleWords.caption}
      columns={columns}
      rows={people}
      keyOf={(one) => String(one.telegramUserId)}
    />
  )
}
