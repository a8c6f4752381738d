import type { ReactNode } from 'react'
import styles from './table.module.css'

export type Column<R> = {
  /** The head of the column, and the name of the value on a phone. */
  name: string
  cell: (row: R) => ReactNode
  /** Amounts and counts stand at the right. */
  isNumber?: boolean
}

type Props<R> = {
  /** What the table holds, for screen readers. */
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf: (row: R) => string
}

/** A table on a wide screen; on a phone each row is a card whose values bear their names. */
export function Table<R>({ caption, columns, rows, keyOf }: Props<R>) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={isNumber ? styles.number : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, isNumber }) => (
                <td key={name} data-name={name} className={isNumber ? styles.number : undefined}>
                  <span className={styles.value}>{cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
