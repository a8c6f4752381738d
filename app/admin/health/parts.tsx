import Link from 'next/link'
import form from '@/components/admin/form.module.css'
import { CompareNow, RetryJob, SettleFinding, SettleUpdate } from '@/components/admin/health/acts'
import { Comparing } from '@/components/admin/health/comparing'
import { Moment } from '@/components/admin/moment'
import { Empty, Facts } from '@/components/admin/panel'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { Price } from '@/components/web/price'
import { listOpenFindings } from '@/lib/domain/findings/queries'
import type { FindingDto } from '@/lib/domain/findings/schema'
import { findComparing, findQueue, findVersions, listRuns } from '@/lib/domain/health/queries'
import type { JobDto, RunDto } from '@/lib/domain/health/schema'
import { listReviews } from '@/lib/domain/payments/queries'
import type { ReviewDto } from '@/lib/domain/payments/schema'
import { listWaitingUpdates } from '@/lib/domain/updates/queries'
import type { WaitingUpdateDto } from '@/lib/domain/updates/schema'
import type { AdminActor } from '@/lib/kit/actor'
import { hasPower } from '@/lib/kit/powers'
import { healthMessages } from '@/lib/messages/admin-health'
import { findingPath, findingText } from '@/lib/messages/findings'
import { reviewReasons } from '@/lib/messages/review'
import product from '@/package.json'
import * as actions from './actions'

export async function Reviews(admin: AdminActor) {
  const { reviews: words } = healthMessages
  const rows = await listReviews(admin)
  if (rows.length === 0) return <Empty>{words.empty}</Empty>
  const columns: Column<ReviewDto>[] = [
    { name: words.columns.date, cell: (row) => <Moment at={row.charged_at} /> },
    {
      name: words.columns.person,
      cell: (row) => (
        <Link href={`/admin/users/${row.telegram_id}`} prefetch={false}>
          {row.name} {row.username ? `@${row.username}` : row.telegram_id}
        </Link>
      ),
    },
    { name: words.columns.amount, isNumber: true, cell: (row) => <Price money={row} /> },
    { name: words.columns.why, cell: (row) => reviewReasons[row.reason] },
    {
      name: words.columns.act,
      cell: (row) => (
        <Link href={`/admin/payments/${row.id}`} prefetch={false}>
          {words.look}
        </Link>
      ),
    },
  ]
  return <Table caption={words.caption} columns={columns} rows={rows} keyOf={(row) => row.id} />
}

export async function Updates(admin: AdminActor) {
  const { updates: words } = healthMessages
  const rows = await listWaitingUpdates(admin)
  if (rows.length === 0) return <Empty>{words.empty}</Empty>
  const columns: Column<WaitingUpdateDto>[] = [
    { name: words.columns.date, cell: (row) => <Moment at={row.received_at} /> },
    { name: words.columns.kind, cell: (row) => `${row.kind} ${row.update_id}` },
    { name: words.columns.why, cell: (row) => row.reason.replaceAll('_', ' ') },
    ...(hasPower(admin.role, 'settle')
      ? [
          {
            name: words.columns.act,
            cell: (row: WaitingUpdateDto) => (
              <SettleUpdate id={row.id} replay={actions.replayOne} dismiss={actions.dismissOne} />
            ),
          },
        ]
      : []),
  ]
  return <Table caption={words.caption} columns={columns} rows={rows} keyOf={(row) => row.id} />
}

export async function Findings(admin: AdminActor) {
  const { findings: words } = healthMessages
  const rows = await listOpenFindings(admin)
  if (rows.length === 0) return <Empty>{words.empty}</Empty>
  const columns: Column<FindingDto>[] = [
    { name: words.columns.date, cell: (row) => <Moment at={row.last_seen} /> },
    { name: words.columns.what, cell: (row) => findingText(row) },
    { name: words.columns.about, cell: (row) => <About finding={row} /> },
    ...(hasPower(admin.role, 'settle')
      ? [
          {
            name: words.columns.act,
            cell: (row: FindingDto) => <SettleFinding id={row.id} act={actions.resolveOne} />,
          },
        ]
      : []),
  ]
  return <Table caption={words.caption} columns={columns} rows={rows} keyOf={(row) => row.id} />
}

/** A link to what it is about, unless that is this page. */
function About({ finding }: { finding: FindingDto }) {
  const path = findingPath(finding)
  if (path === '/admin/health') return null
  return (
    <Link href={path} prefetch={false}>
      {healthMessages.findings.payment}
    </Link>
  )
}

/** How a comparison ended, with what was answered for those who want to know. */
function RunOutcome({ run }: { run: RunDto }) {
  const { runs: words } = healthMessages
  if (!run.problem) return words.states[run.state]
  return (
    <details>
      <summary>{words.problem(run.problem)}</summary>
      {words.said}: {run.problem}
    </details>
  )
}

export async function Runs(admin: AdminActor) {
  const { runs: words } = healthMessages
  const [rows, comparing] = await Promise.all([listRuns(admin), findComparing(admin)])
  const columns: Column<RunDto>[] = [
    { name: words.columns.date, cell: (row) => <Moment at={row.started_at} /> },
    { name: words.columns.scope, cell: (row) => words.scopes[row.scope] ?? row.scope },
    { name: words.columns.seen, isNumber: true, cell: (row) => row.seen },
    { name: words.columns.repaired, isNumber: true, cell: (row) => row.repaired },
    { name: words.columns.foreign, isNumber: true, cell: (row) => row.foreign },
    { name: words.columns.outcome, cell: (row) => <RunOutcome run={row} /> },
  ]
  return (
    <>
      <Comparing key={JSON.stringify(comparing)} first={comparing} watch={actions.watchComparing} />
      {hasPower(admin.role, 'operate') ? (
        <p className={form.row}>
          <CompareNow act={actions.compareNow} />
        </p>
      ) : null}
      {rows.length === 0 ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <Table caption={words.caption} columns={columns} rows={rows} keyOf={(row) => row.id} />
      )}
    </>
  )
}

export async function Queue(admin: AdminActor) {
  const { queue: words } = healthMessages
  const queue = await findQueue(admin)
  const mayRetry = hasPower(admin.role, 'operate')
  const columns: Column<JobDto>[] = [
    { name: words.columns.task, cell: (row) => row.task.replaceAll('_', ' ') },
    {
      name: words.columns.attempts,
      isNumber: true,
      cell: (row) => `${row.attempts} / ${row.attempts_max}`,
    },
    { name: words.columns.problem, cell: (row) => row.problem },
    { name: words.columns.next, cell: (row) => <Moment at={row.run_at} /> },
    ...(mayRetry
      ? [
          {
            name: words.act,
            cell: (row: JobDto) => <RetryJob id={row.id} act={actions.retryFailed} />,
          },
        ]
      : []),
  ]
  return (
    <>
      <p>
        <Status tone={queue.is_stuck ? 'bad' : 'good'}>
          {queue.is_stuck ? words.stuck : words.well}
        </Status>
      </p>
      {queue.given_up > 0 ? (
        <p>
          <Status tone="bad">{words.givenUp(queue.given_up)}</Status>
        </p>
      ) : null}
      <Facts
        rows={[
          [words.ready, queue.ready],
          [words.later, queue.later],
          [
            words.oldest,
            queue.oldest_ready_at ? <Moment key="oldest" at={queue.oldest_ready_at} /> : words.none,
          ],
        ]}
      />
      {queue.failed.length === 0 ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <>
          {mayRetry ? (
            <p className={form.row}>
              <RetryJob id={null} act={actions.retryFailed} />
            </p>
          ) : null}
          <Table
            caption={words.failed}
            columns={columns}
            rows={queue.failed}
            keyOf={(row) => row.id}
          />
        </>
      )}
    </>
  )
}

export async function Versions(admin: AdminActor) {
  const { names } = healthMessages.versions
  const versions = await findVersions(admin)
  return (
    <Facts
      rows={[
        [names.starpass, product.version],
        [names.node, versions.node],
        [names.postgresql, versions.postgresql],
        [names.migration, versions.migration],
      ]}
    />
  )
}
