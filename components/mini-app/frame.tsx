import type { ReactNode } from 'react'
import styles from './page.module.css'

/** The frame of a Mini App page; hidden outside Telegram before the first paint. */
export function Frame({ children }: { children: ReactNode }) {
  return <main className={`${styles.page} ${styles.inside}`}>{children}</main>
}

export function Header({ heading, intro }: { heading: string; intro?: string }) {
  return (
    <header className={styles.header}>
      <h1 className={styles.heading}>{heading}</h1>
      {intro ? <p className={styles.intro}>{intro}</p> : null}
    </header>
  )
}
