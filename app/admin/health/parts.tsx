import Link from 'next/link'
import form from '@/components/admin/form.module.css'
import { CompareNow, RetryJob, SettleFinding, SettleUpdate } from '@/components/admin/health/acts'
import { Moment } from '@/components/admin/moment'
import { Empty, Facts } from '@/components/admin/panel'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { Price } from '@/components/web/price'
import { listOpenFindings } from '@/lib/domain/findings/queries'
import type { FindingDto } from '@/lib/domain/findings/schema'
import { findQueue, findVersions, findWebhook, listRuns } from '@/lib/domain/health/queries'
import type { JobDto, RunDto } from '@/lib/domain/health/schema'
import { listReviews } from '@/lib/domain/payments/queries'
import type { ReviewDto } from '@/lib/domain/payments/schema'
import { listWaitingUpdates } from '@/lib/domain/updates/queries'
import type { WaitingUpdateDto } from '@/lib/domain/updates/schema'
import type { AdminActor } from '@/lib/kit/actor'
import { hasPower } from '@/lib/kit/powers'
import { healthMessages } from '@/lib/messages/admin-health'
import { findingText } from '@/lib/messages/findings'
import { reviewReasons } from '@/lib/messages/review'
import product from '@/package.json'
import * as actions from './actions'

export async function Webhook(admin: AdminActor) {
  const { webhook: words } = healthMessages
  const webhook = await findWebhook(admin)
  return (
    <>
      <p>
        <Status tone={webhook.isOurs ? 'good' : 'bad'}>
          {webhook.isOurs ? words.well : words.notOurs(webhook.url)}
        </Status>
      </p>
      <Facts
        rows={[
          [words.waiting, webhook.waiting],
          [
            words.lastUpdate,
            webhook.lastUpdateAt ? <Moment key="last" at={webhook.lastUpdateAt} /> : words.none,
          ],
          [
            words.lastProblem,
            webhook.lastProblem && webhook.lastProblemAt ? (
              <>
                {webhook.lastProblem} (<Moment at={webhook.lastProblemAt} />)
              </>
            ) : (
              words.none
            ),
          ],
        ]}
      />
    </>
  )
}

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

export async function Runs(admin: AdminActor) {
  const { runs: words } = healthMessages
  const rows = await listRuns(admin)
  const columns: Column<RunDto>[] = [
    { name: words.columns.date, cell: (row) => <Moment at={row.started_at} /> },
    { name: words.columns.scope, cell: (row) => words.scopes[row.scope] ?? row.scope },
    { name: words.columns.seen, isNumber: true, cell: (row) => row.seen },
    { name: words.columns.repaired, isNumber: true, cell: (row) => row.repaired },
    { name: words.columns.foreign, isNumber: true, cell: (row) => row.foreign },
    {
      name: words.columns.outcome,
      cell: (row) => row.problem ?? (row.finished_at ? words.done : words.working),
    },
  ]
  return (
    <>
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
