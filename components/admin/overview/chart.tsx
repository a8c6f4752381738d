import { type Column, Table } from '@/components/admin/table'
import { Price } from '@/components/web/price'
import { overviewMessages } from '@/lib/messages/admin-overview'
import styles from './overview.module.css'
import type { PlotProps, PlotRow } from './plot'
import { PlotArea } from './plot-area'

const { charts: words, count } = overviewMessages

/** A picture by day, its legend, and the same numbers as a table. */
export function Chart({ heading, rows, series, currency }: PlotProps & { heading: string }) {
  const from = rows[0]?.day ?? ''
  const to = rows.at(-1)?.day ?? ''
  const columns: Column<PlotRow>[] = [
    { name: words.day, cell: ({ day }) => <time dateTime={day}>{day}</time> },
    ...series.map(
      ({ key, name }): Column<PlotRow> => ({
        name,
        isNumber: true,
        cell: (row) => {
          const amount = Number(row[key] ?? 0)
          return currency ? <Price money={{ amount, currency }} /> : count(amount)
        },
      }),
    ),
  ]
  return (
    <figure className={styles.chart}>
      <figcaption>
        <h3>{heading}</h3>
        <ul className={styles.legend}>
          {series.map(({ key, name, tone }) => (
            <li key={key} className={styles[tone]}>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <PlotArea
        rows={rows}
        series={series}
        currency={currency}
        spoken={words.spoken(heading, from, to)}
      />
      <details className={styles.numbers}>
        <summary>{words.table}</summary>
        <Table
          caption={heading}
          columns={columns}
          rows={rows.toReversed()}
          keyOf={({ day }) => day}
        />
      </details>
    </figure>
  )
}
