import Link from 'next/link'
import { adminMessages } from '@/lib/messages/admin'
import styles from './pager.module.css'

type Props = {
  /** Addresses of the pages before and after; null where the list ends. */
  newer: string | null
  older: string | null
}

/** Both directions of a list, newest first. */
export function Pager({ newer, older }: Props) {
  if (!newer && !older) return null
  return (
    <nav className={styles.pager} aria-label={adminMessages.pager}>
      {newer ? (
        <Link href={newer} prefetch={false} rel="prev">
          ← {adminMessages.newer}
        </Link>
      ) : (
        <span />
      )}
      {older ? (
        <Link href={older} prefetch={false} rel="next">
          {adminMessages.older} →
        </Link>
      ) : null}
    </nav>
  )
}
