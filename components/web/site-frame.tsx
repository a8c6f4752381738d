import type { ReactNode } from 'react'
import { webMessages } from '@/lib/messages/web'
import { JustLoggedIn, type LoggedIn } from './just-logged-in'
import { Mark } from './mark'
import type { Site } from './site'
import styles from './site-frame.module.css'

type Props = {
  site: Site
  /** Who is looking; null while nobody is logged in. */
  viewer: { firstName: string } | null
  /** Whom to remind as whom they just logged in; null for everybody else. */
  justLoggedIn: LoggedIn | null
  children: ReactNode
}

/** Header and footer of the pages for ordinary browsers. Its links need no script. */
export function SiteFrame({ site, viewer, justLoggedIn, children }: Props) {
  const { frame } = webMessages
  return (
    <>
      <a className={styles.skip} href="#content">
        {frame.skip}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <a className={styles.brand} href="/" aria-label={frame.home(site.shopName)}>
            <Mark logo={site.logo} size={30} />
            <span className={styles.name}>{site.shopName}</span>
          </a>
          <nav className={styles.links} aria-label={frame.navigation}>
            <a href="/plans">{frame.plans}</a>
            {viewer ? (
              <a href="/account" aria-label={frame.accountOf(viewer.firstName)}>
                {frame.account}
              </a>
            ) : (
              <a href="/login">{frame.logIn}</a>
            )}
          </nav>
        </div>
        {justLoggedIn ? <JustLoggedIn {...justLoggedIn} /> : null}
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <Footer site={site} />
    </>
  )
}

function Footer({ site }: { site: Site }) {
  const { frame } = webMessages
  const { support, seller } = site
  return (
    <footer className={styles.footer}>
      <nav className={styles.legal} aria-label={frame.more}>
        <a href="/plans">{frame.plans}</a>
        <a href="/terms">{frame.terms}</a>
        <a href="/privacy">{frame.privacy}</a>
        <a href={site.botLink}>{frame.bot}</a>
        {support?.href ? <a href={support.href}>{frame.support}</a> : null}
      </nav>
      {support && !support.href ? (
        <p>
          {frame.support}: {support.label}
        </p>
      ) : null}
      {seller ? (
        <p className={styles.seller}>
          {frame.soldBy} {seller}
        </p>
      ) : null}
    </footer>
  )
}
