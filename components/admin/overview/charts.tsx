import type { OverviewDto } from '@/lib/domain/figures/schema'
import { overviewMessages } from '@/lib/messages/admin-overview'
import { Chart } from './chart'
import styles from './overview.module.css'

const { charts: words } = overviewMessages

/** The days of the overview as pictures: payments, money by currency, access and invoices. */
export function Charts({ days, currencies }: Pick<OverviewDto, 'days' | 'currencies'>) {
  const { charges, money, access, invoices } = words
  return (
    <div className={styles.charts}>
      {currencies.map((currency) => (
        <Chart
          key={currency}
          heading={money.heading(currency)}
          currency={currency}
          rows={days.map(({ day, charged, refunded }) => ({
            day,
            charged: charged[currency] ?? 0,
            refunded: refunded[currency] ?? 0,
          }))}
          series={[
            { key: 'charged', name: money.series.charged, tone: 'one', shape: 'bar' },
            { key: 'refunded', name: money.series.refunded, tone: 'gone', shape: 'bar' },
          ]}
        />
      ))}
      <Chart
        heading={charges.heading}
        currency={null}
        rows={days.map(({ day, one_off, first, renewal }) => ({ day, one_off, first, renewal }))}
        series={[
          { key: 'one_off', name: charges.series.one_off, tone: 'one', shape: 'pile' },
          { key: 'first', name: charges.series.first, tone: 'two', shape: 'pile' },
          { key: 'renewal', name: charges.series.renewal, tone: 'three', shape: 'pile' },
        ]}
      />
      <Chart
        heading={access.heading}
        currency={null}
        rows={days.map(({ day, active, began, ended }) => ({ day, active, began, ended }))}
        series={[
          { key: 'active', name: access.series.active, tone: 'one', shape: 'line' },
          { key: 'began', name: access.series.began, tone: 'two', shape: 'bar' },
          { key: 'ended', name: access.series.ended, tone: 'gone', shape: 'bar' },
        ]}
      />
      <Chart
        heading={invoices.heading}
        currency={null}
        rows={days.map(({ day, invoices: made, paid }) => ({ day, invoices: made, paid }))}
        series={[
          { key: 'invoices', name: invoices.series.invoices, tone: 'three', shape: 'bar' },
          { key: 'paid', name: invoices.series.paid, tone: 'two', shape: 'bar' },
        ]}
      />
    </div>
  )
}
