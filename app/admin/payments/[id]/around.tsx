import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import { Empty, Facts, Panel } from '@/components/admin/panel'
import styles from '@/components/admin/payment/payment.module.css'
import { Sentence } from '@/components/admin/payment/sentence'
import { type PaymentStory, storyMost } from '@/lib/domain/ledger/story-queries'
import { paymentWords } from '@/lib/messages/admin-payment'

/** What the story leaves out, and where to find it. */
export function Older({ story: { hasOlder, payment } }: { story: PaymentStory }) {
  const words = paymentWords.story
  const leads = (path: string, query: Record<string, string>) =>
    `${path}?${new URLSearchParams(query)}`
  return (
    <>
      {hasOlder.siblings ? (
        <p>
          {words.more.siblings(storyMost)}
          <Link href={leads('/admin/payments', { q: payment.payload })} prefetch={false}>
            {words.allSiblings}
          </Link>
        </p>
      ) : null}
      {hasOlder.audit ? (
        <p>
          {words.more.audit(storyMost)}
          <Link
            href={leads('/admin/audit', { subject: 'payment', id: payment.id })}
            prefetch={false}
          >
            {words.allAudit}
          </Link>
        </p>
      ) : null}
    </>
  )
}

/** Jobs about a payment that are not done. */
export function Jobs({ jobs }: Pick<PaymentStory, 'jobs'>) {
  const words = paymentWords.jobs
  return (
    <Panel heading={words.heading}>
      {jobs.length === 0 ? <Empty>{words.none}</Empty> : null}
      <ul className={styles.list}>
        {jobs.map((job) => (
          <li key={job.id}>
            {words.name(job.task)} <JobState job={job} />
            {job.error ? <p>{job.error}</p> : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function JobState({ job }: { job: PaymentStory['jobs'][number] }) {
  const words = paymentWords.jobs
  if (job.isRunning) return words.running
  if (job.isGivenUp) {
    return (
      <>
        {words.givenUp}{' '}
        <Link href="/admin/health" prefetch={false}>
          {words.health}
        </Link>
      </>
    )
  }
  return (
    <>
      <Sentence parts={words.waits(job.attempts)} />
      <Moment at={job.runAt} />.
    </>
  )
}

/** What Telegram's own list says of the same charge. */
export function Listed({ listed }: Pick<PaymentStory, 'listed'>) {
  if (!listed) return null
  const words = paymentWords.listed
  const { rows, readAt } = listed
  return (
    <Panel heading={words.heading}>
      {rows.length === 0 ? <p>{readAt ? words.none : words.never}</p> : null}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.direction}>
            {row.direction === 'in' ? words.in(row.amount, row.payer) : words.out(row.amount)}
            <Moment at={row.at} />.{row.commission > 0 ? words.commission(row.commission) : null}
            {row.isSame ? words.same : words.differs}
          </li>
        ))}
      </ul>
      {readAt ? (
        <p>
          {words.readAt}
          <Moment at={readAt} />.
        </p>
      ) : null}
    </Panel>
  )
}

/** Name, address and the like, for those who may see them. */
export function OrderInfo({
  orderInfo,
  hidesOrderInfo,
}: Pick<PaymentStory, 'orderInfo' | 'hidesOrderInfo'>) {
  const words = paymentWords.order
  if (hidesOrderInfo) return <Empty>{words.hidden}</Empty>
  if (!orderInfo) return null
  return (
    <Panel heading={words.heading} text={words.text}>
      <Facts rows={orderInfo.map(([name, value]) => [name.replaceAll('_', ' '), value])} />
    </Panel>
  )
}
