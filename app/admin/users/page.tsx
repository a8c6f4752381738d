import type { Metadata } from 'next'
import { PageHead } from '@/components/admin/page-head'
import { Pager } from '@/components/admin/pager'
import { Empty } from '@/components/admin/panel'
import { PeopleFind } from '@/components/admin/people/people-find'
import { PeopleTable } from '@/components/admin/people/people-table'
import { requireAdmin } from '@/lib/auth/current-admin'
import { listPeople } from '@/lib/domain/people/queries'
import { peopleQuery } from '@/lib/domain/people/schema'
import { peopleWords } from '@/lib/messages/admin-people'

export const metadata: Metadata = { title: peopleWords.title }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function PeoplePage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const query = peopleQuery.parse(await searchParams)
  const { people, newer, older, isCut } = await listPeople(admin, query)
  const address = (direction: 'newer' | 'older', mark: string | null) =>
    mark && `/admin/users?${new URLSearchParams({ show: query.show, [direction]: mark })}`
  return (
    <>
      <PageHead heading={peopleWords.title} text={peopleWords.text} />
      <PeopleFind q={query.q} show={query.show} />
      {people.length > 0 ? (
        <PeopleTable people={people} />
      ) : (
        <Empty>{query.q ? peopleWords.nobody : peopleWords.empty}</Empty>
      )}
      {isCut ? <p>{peopleWords.cut}</p> : null}
      <Pager newer={address('newer', newer)} older={address('older', older)} />
    </>
  )
}
