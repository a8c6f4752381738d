import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import { Empty, Panel } from '@/components/admin/panel'
import { Sentence } from '@/components/admin/payment/sentence'
import { RevokeGrant } from '@/components/admin/people/person-acts'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { Price } from '@/components/web/price'
import type { PersonFile } from '@/lib/domain/people/queries'
import { peopleWords, whoPart } from '@/lib/messages/admin-people'
import { revoke } from './actions'

const day = (at: Date) => <Moment at={at.toISOString()} />

const tones = { active: 'good', grace: 'wait', scheduled: 'wait' } as Record<
  string,
  'good' | 'wait'
>

function PlanLink({ code, name }: { code: string; name: string }) {
  return (
    <Link href={`/admin/plans/${code}`} prefetch={false}>
      {name}
    </Link>
  )
}

type Held = PersonFile['held'][number]
const heldWords = peopleWords.held
const heldColumns: Column<Held>[] = [
  { name: heldWords.plan, cell: (one) => <PlanLink code={one.planCode} name={one.planName} /> },
  {
    name: heldWords.status,
    cell: (one) => <Status tone={tones[one.status] ?? 'plain'}>{one.status}</Status>,
  },
  { name: heldWords.from, cell: (one) => day(one.startsAt) },
  {
    name: heldWords.until,
    cell: (one) => (one.expiresAt ? day(one.expiresAt) : heldWords.life),
  },
  { name: heldWords.source, cell: (one) => heldWords.sources[one.source] ?? one.source },
  { name: heldWords.renews, cell: (one) => (one.renews ? heldWords.yes : heldWords.no) },
]

export function HeldPlans({ held }: { held: Held[] }) {
  return (
    <Panel heading={heldWords.heading} text={heldWords.text}>
      {held.length === 0 ? (
        <Empty>{heldWords.none}</Empty>
      ) : (
        <Table
          caption={heldWords.heading}
          columns={heldColumns}
          rows={held}
          keyOf={(one) => one.planCode}
        />
      )}
    </Panel>
  )
}

type Payment = PersonFile['payments'][number]
const paidWords = peopleWords.payments
const paidColumns: Column<Payment>[] = [
  {
    name: paidWords.amount,
    cell: (one) => (
      <Link href={`/admin/payments/${one.id}`} prefetch={false}>
        <Price money={one} />
      </Link>
    ),
  },
  { name: paidWords.plan, cell: (one) => one.planName ?? '–' },
  {
    name: paidWords.status,
    cell: (one) =>
      one.status === 'review' && one.settledAt
        ? paidWords.left
        : (paidWords.statuses[one.status] ?? one.status),
  },
  { name: paidWords.at, cell: (one) => day(one.at) },
]

export function Payments({
  payments,
  telegramUserId,
}: {
  payments: Payment[]
  telegramUserId: number
}) {
  return (
    <Panel heading={paidWords.heading}>
      {payments.length === 0 ? (
        <Empty>{paidWords.none}</Empty>
      ) : (
        <Table
          caption={paidWords.heading}
          columns={paidColumns}
          rows={payments}
          keyOf={(one) => one.id}
        />
      )}
      <p>
        <Link href={`/admin/payments?q=${telegramUserId}`} prefetch={false}>
          {paidWords.all}
        </Link>
      </p>
    </Panel>
  )
}

type Subscription = PersonFile['subscriptions'][number]
const runWords = peopleWords.subscriptions
const runColumns: Column<Subscription>[] = [
  { name: runWords.plan, cell: (one) => <PlanLink code={one.planCode} name={one.planName} /> },
  {
    name: runWords.state,
    cell: (one) => runWords.states[one.stoppedAt ? 'stopped' : one.state] ?? one.state,
  },
  { name: runWords.rail, cell: (one) => runWords.railName(one.provider) },
  { name: runWords.since, cell: (one) => day(one.createdAt) },
]

export function Subscriptions({ subscriptions }: { subscriptions: Subscription[] }) {
  return (
    <Panel heading={runWords.heading}>
      {subscriptions.length === 0 ? (
        <Empty>{runWords.none}</Empty>
      ) : (
        <Table
          caption={runWords.heading}
          columns={runColumns}
          rows={subscriptions}
          keyOf={(one) => one.id}
        />
      )}
    </Panel>
  )
}

type Grant = PersonFile['grants'][number]
const giftWords = peopleWords.grants

export function Grants({ grants, mayRevoke }: { grants: Grant[]; mayRevoke: boolean }) {
  const columns: Column<Grant>[] = [
    { name: giftWords.plan, cell: (one) => <PlanLink code={one.planCode} name={one.planName} /> },
    { name: giftWords.days, cell: (one) => giftWords.lasts(one.days) },
    { name: giftWords.by, cell: (one) => <Sentence parts={[whoPart(one.by)]} /> },
    { name: giftWords.reason, cell: (one) => one.reason },
    { name: giftWords.at, cell: (one) => day(one.at) },
    {
      name: giftWords.act,
      cell: (one) =>
        one.revokedAt ? (
          <>
            {giftWords.revoked}
            {day(one.revokedAt)}
          </>
        ) : mayRevoke ? (
          <RevokeGrant grantId={one.id} planName={one.planName} act={revoke} />
        ) : null,
    },
  ]
  return (
    <Panel heading={giftWords.heading}>
      {grants.length === 0 ? (
        <Empty>{giftWords.none}</Empty>
      ) : (
        <Table
          caption={giftWords.heading}
          columns={columns}
          rows={grants}
          keyOf={(one) => one.id}
        />
      )}
    </Panel>
  )
}
