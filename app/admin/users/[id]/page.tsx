import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { CopyId } from '@/components/admin/copy-button'
import { Moment } from '@/components/admin/moment'
import { PageHead } from '@/components/admin/page-head'
import { Facts, Panel } from '@/components/admin/panel'
import { Sentence } from '@/components/admin/payment/sentence'
import { Story } from '@/components/admin/payment/story'
import styles from '@/components/admin/people/people.module.css'
import { requireAdmin } from '@/lib/auth/current-admin'
import { findPersonFile, type PersonFile } from '@/lib/domain/people/queries'
import { hasPower } from '@/lib/kit/powers'
import { happeningParts, peopleWords, remarkParts, verdictParts } from '@/lib/messages/admin-people'
import { Acts } from './acts'
import { Grants, HeldPlans, Payments, Subscriptions } from './lists'

export const metadata: Metadata = { title: peopleWords.title }

type Props = { params: Promise<{ id: string }> }

export default async function PersonPage({ params }: Props) {
  const admin = await requireAdmin()
  const { id } = await params
  const file = /^\d{1,15}$/.test(id) ? await findPersonFile(admin, Number(id)) : null
  if (!file) notFound()
  const { person, timeline } = file
  const lines = timeline.map((one) => ({ at: one.at.toISOString(), parts: happeningParts(one) }))
  return (
    <>
      <PageHead heading={nameOf(person)} />
      <Why file={file} />
      <PersonFacts person={person} />
      <Acts admin={admin} file={file} />
      <HeldPlans held={file.held} />
      <Payments payments={file.payments} telegramUserId={person.telegramUserId} />
      <Subscriptions subscriptions={file.subscriptions} />
      <Grants grants={file.grants} mayRevoke={hasPower(admin.role, 'grant')} />
      <Panel heading={peopleWords.timeline.heading} text={peopleWords.timeline.text}>
        <Story lines={lines} />
      </Panel>
    </>
  )
}

type Person = PersonFile['person']

const nameOf = ({ firstName, lastName, deletedAt }: Person) =>
  [firstName, lastName].filter(Boolean).join(' ') ||
  (deletedAt ? peopleWords.gone : peopleWords.nameless)

function Why({ file }: { file: PersonFile }) {
  const sentences = [
    ...file.remarks.filter((one) => one.kind === 'banned').map(remarkParts),
    ...file.verdicts.map(verdictParts),
    ...file.remarks.filter((one) => one.kind !== 'banned').map(remarkParts),
  ]
  return (
    <Panel heading={peopleWords.why.heading}>
      <ul className={styles.verdicts}>
        {sentences.map((parts) => (
          <li key={JSON.stringify(parts)}>
            <Sentence parts={parts} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function PersonFacts({ person }: { person: Person }) {
  const words = peopleWords.facts
  const { telegramUserId, username, bannedAt, deletedAt, stripeCustomerId } = person
  const moment = (at: Date | null) => at && <Moment at={at.toISOString()} />
  const rows: (readonly [string, ReactNode])[] = [
    [words.names, nameOf(person)],
    [words.username, username && `@${username}`],
    [words.id, <CopyId key="id" id={String(telegramUserId)} name="telegram id" />],
    [words.reachable, peopleWords.reachable(person.reachable)],
    [words.language, person.languageCode],
    [words.stripe, stripeCustomerId && <CopyId id={stripeCustomerId} name="customer id" />],
    [words.since, moment(person.since)],
    [words.banned, moment(bannedAt)],
    [words.deleted, moment(deletedAt)],
  ]
  return (
    <Panel heading={words.heading}>
      <Facts rows={rows.filter(([, value]) => value)} />
    </Panel>
  )
}
