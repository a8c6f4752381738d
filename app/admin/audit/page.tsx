import type { Metadata } from 'next'
import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import { PageHead } from '@/components/admin/page-head'
import { Pager } from '@/components/admin/pager'
import { Empty, Panel } from '@/components/admin/panel'
import { type Column, Table } from '@/components/admin/table'
import { requireAdmin } from '@/lib/auth/current-admin'
import { listAudit } from '@/lib/domain/audit/queries'
import { type AuditDto, type AuditFilter, auditFilter } from '@/lib/domain/audit/schema'
import { auditSentence, auditWords as words } from '@/lib/messages/admin-audit'
import { Filter } from './filter'
import { linkTo } from './link-to'

export const metadata: Metadata = { title: words.title }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ searchParams }: Props) {
  const admin = await requireAdmin('read_audit')
  const filter = auditFilter.parse(await searchParams)
  const { entries, newer, older } = await listAudit(admin, filter)
  return (
    <>
      <PageHead heading={words.title} text={words.text} />
      <Panel heading={words.caption}>
        <Filter filter={filter} />
        {entries.length === 0 ? (
          <Empty>{words.empty}</Empty>
        ) : (
          <Table
            caption={words.caption}
            columns={columns}
            rows={entries}
            keyOf={(entry) => entry.id}
          />
        )}
        <Pager
          newer={newer ? addressOf(filter, { after: newer }) : null}
          older={older ? addressOf(filter, { before: older }) : null}
        />
      </Panel>
    </>
  )
}

const columns: Column<AuditDto>[] = [
  { name: words.when, cell: (entry) => <Moment at={entry.at} /> },
  { name: words.who, cell: (entry) => <Who entry={entry} /> },
  { name: words.what, cell: (entry) => <What entry={entry} /> },
  { name: words.about, cell: (entry) => <About entry={entry} /> },
  { name: words.why, cell: (entry) => entry.reason ?? words.none },
  { name: words.where, cell: (entry) => entry.from ?? words.none },
]

function Who({ entry: { actor, name } }: { entry: AuditDto }) {
  if (!/^\d+$/.test(actor)) return words.actors[actor] ?? actor
  return (
    <Link href={`/admin/users/${actor}`} prefetch={false}>
      {name ? `${name} (${actor})` : actor}
    </Link>
  )
}

function What({ entry: { action, details } }: { entry: AuditDto }) {
  const { from, to, ...others } = details
  const more = Object.entries(others).map(([name, value]) => words.details(name, value))
  if (from !== undefined && to !== undefined) more.unshift(words.changed(from, to))
  return [auditSentence(action), ...more].join(' · ')
}

function About({ entry: { subject, subject_id: id } }: { entry: AuditDto }) {
  const text = `${words.subjects[subject] ?? subject} ${id}`
  const href = linkTo(subject, id)
  if (!href) return text
  return (
    <Link href={href} prefetch={false}>
      {text}
    </Link>
  )
}

function addressOf(filter: AuditFilter, place: Pick<AuditFilter, 'before' | 'after'>): string {
  const { before: _before, after: _after, ...kept } = filter
  const given = Object.entries({ ...kept, ...place }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  )
  return `/admin/audit?${new URLSearchParams(given)}`
}
