import type { ReactNode } from 'react'
import styles from './status.module.css'

/** A short state in a colour; the words carry the meaning, not the colour. */
export function Status({
  tone,
  children,
}: {
  tone: 'good' | 'wait' | 'bad' | 'plain'
  children: ReactNode
}) {
  return <span className={`${styles.status} ${styles[tone]}`}>{children}</span>
}
