import Link from 'next/link'
import type { ReactNode } from 'react'
import { webMessages } from '@/lib/messages/web'
import { Mark } from './mark'
import styles from './site-frame.module.css'

/** Header and footer of the pages for ordinary browsers. */
export function SiteFrame({ children }: { children: ReactNode }) {
  const { product, footer } = webMessages
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <Link className={styles.brand} href="/">
          <Mark size={28} />
          {product}
        </Link>
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={styles.footer}>
        <Link href="/terms">{footer.terms}</Link>
        <Link href="/privacy">{footer.privacy}</Link>
      </footer>
    </div>
  )
}
