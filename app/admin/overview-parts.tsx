import Link from 'next/link'
import { Moment } from '@/components/admin/moment'
import { Charts } from '@/components/admin/overview/charts'
import { Groups } from '@/components/admin/overview/groups'
import styles from '@/components/admin/overview/overview.module.css'
import { SalesCards } from '@/components/admin/overview/sales-cards'
import { Sums } from '@/components/admin/overview/sums'
import { Empty, Facts } from '@/components/admin/panel'
import { Price } from '@/components/web/price'
import { findBotStars, findFreshness } from '@/lib/domain/figures/queries'
import type { OverviewDto } from '@/lib/domain/figures/schema'
import type { AdminActor } from '@/lib/kit/actor'
import { formatMoney } from '@/lib/kit/money'
import { hasPower } from '@/lib/kit/powers'
import { overviewMessages as words } from '@/lib/messages/admin-overview'

/** One reading of the figures, which several parts of the page wait for. */
type Reading = Promise<OverviewDto>

export async function Freshness(admin: AdminActor) {
  const { counted_at: at, waiting_days: waiting } = await findFreshness(admin)
  if (!at) return words.freshness.none
  return (
    <>
      {words.freshness.before} <Moment at={at} />. {waiting > 1 ? words.waiting(waiting) : null}
    </>
  )
}

export async function Sales(reading: Reading, admin: AdminActor) {
  const { sales, rate, is_empty: isEmpty } = await reading
  return (
    <>
      <SalesCards sales={sales} />
      {isEmpty ? (
        <p className={styles.note}>
          {words.empty.text}{' '}
          <Link href="/admin/plans" prefetch={false}>
            {words.empty.plans}
          </Link>
        </p>
      ) : (
        <p className={styles.note}>
          {words.rate(rate.price, rate.currency)}{' '}
          {hasPower(admin.role, 'edit_settings') ? (
            <Link href="/admin/settings" prefetch={false}>
              {words.rateLink}
            </Link>
          ) : null}
        </p>
      )}
    </>
  )
}

export async function Days(reading: Reading) {
  const { days, currencies, is_empty: isEmpty } = await reading
  if (isEmpty) return <Empty>{words.groups.empty}</Empty>
  return <Charts days={days} currencies={currencies} />
}

export async function Course(reading: Reading) {
  const { access, totals, from, today } = await reading
  const { facts } = words
  const within = `from=${from}&to=${today}`
  const list = (count: number, query: string) =>
    count === 0 ? (
      words.count(0)
    ) : (
      <Link href={`/admin/payments?${query}`} prefetch={false}>
        {words.count(count)}
      </Link>
    )
  return (
    <>
      <Facts
        rows={[
          [facts.active, words.count(access.active)],
          [facts.began, words.count(access.began)],
          [facts.ended, words.count(access.ended)],
          [facts.running, words.count(access.running)],
          [facts.due, words.count(access.due_soon)],
          [facts.renewals, list(access.renewals, `kind=renewal&${within}`)],
          [facts.failed, words.count(access.failed)],
          [facts.recurring, <Sums key="sums" of={access.recurring} none={facts.nothing} />],
          [facts.refundRate, facts.of(totals.returned, totals.charges)],
          [facts.conversion, facts.of(totals.paid, totals.invoices)],
          [facts.waiting, list(totals.waiting, `status=review&${within}`)],
        ]}
      />
      <p className={styles.note}>{facts.how}</p>
    </>
  )
}

export async function By(by: 'plans' | 'methods', reading: Reading) {
  const overview = await reading
  return <Groups by={by} groups={overview[by]} from={overview.from} to={overview.today} />
}

export async function BotStars(admin: AdminActor) {
  const { stars } = words
  const { balance, held, held_days: days, worth } = await findBotStars(admin)
  const inStars = (amount: number) => <Price key="stars" money={{ amount, currency: 'XTR' }} />
  return (
    <>
      <Facts
        rows={[
          [stars.balance, inStars(balance)],
          [stars.held, inStars(held)],
          [stars.worth, formatMoney(worth)],
        ]}
      />
      <p className={styles.note}>{stars.how(days)}</p>
    </>
  )
}
