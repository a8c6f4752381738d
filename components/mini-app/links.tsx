'use client'

import Link from 'next/link'
import { Icon } from '@/components/ui/icon'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { openOutside } from './host'
import { useSession } from './mini-app'
import styles from './page.module.css'

/** A row that leads to another page of the Mini App. */
export function RowLink({ href, children }: { href: string; children: string }) {
  return (
    <div className={styles.card}>
      <Link className={styles.row} href={href}>
        {children}
        <Icon name="chevron" size={18} />
      </Link>
    </div>
  )
}

/** Terms and privacy may not be framed: Telegram opens them in a browser. */
export function LegalLinks() {
  const hasHost = useSession()?.launch.hasHost ?? false
  const pages = [
    { href: '/terms', text: miniAppMessages.shop.terms },
    { href: '/privacy', text: miniAppMessages.shop.privacy },
  ]
  return (
    <nav className={styles.footer} aria-label={miniAppMessages.shop.legal}>
      {pages.map(({ href, text }) => (
        <a
          key={href}
          href={href}
          target="_blank"
          rel="noopener"
          onClick={(event) => {
            if (!hasHost) return
            event.preventDefault()
            openOutside(href)
          }}
        >
          {text}
        </a>
      ))}
    </nav>
  )
}
