import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

/** One matter of a page, with a heading of its own. */
export function Panel({
  heading,
  text,
  children,
}: {
  heading: string
  text?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {heading}
      </h2>
      {text ? <p className={styles.text}>{text}</p> : null}
      {children}
    </section>
  )
}

/** Names and what they are: `rows` are [name, value]. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>
}
