import type { ReactNode } from 'react'
import styles from './page-head.module.css'

/** The heading of a page, what it is about, and what can be done with all of it. */
export function PageHead({
  heading,
  text,
  children,
}: {
  heading: ReactNode
  text?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={styles.head}>
      <div>
        <h1 className={styles.heading}>{heading}</h1>
        {text ? <p className={styles.text}>{text}</p> : null}
      </div>
      {children ? <div className={styles.acts}>{children}</div> : null}
    </div>
  )
}
