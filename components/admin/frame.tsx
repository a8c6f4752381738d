import type { ReactNode } from 'react'
import type { AdminRole } from '@/lib/kit/actor'
import { adminMessages } from '@/lib/messages/admin'
import styles from './frame.module.css'
import { Navigation } from './navigation'
import { ThemeChoice } from './theme-choice'
import type { ThemeName } from './themes'

type Props = {
  shopName: string
  admin: { firstName: string; role: AdminRole }
  theme: ThemeName
  children: ReactNode
}

/** What stands around every page of the admin. */
export function AdminFrame({ shopName, admin, theme, children }: Props) {
  const { firstName, role } = admin
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {adminMessages.skip}
      </a>
      <header className={styles.side}>
        <div className={styles.brand}>
          <span className={styles.shop}>{shopName}</span>
          <span className={styles.soft}>{adminMessages.title}</span>
        </div>
        <Navigation role={role} />
        <div className={styles.foot}>
          <span className={styles.soft}>
            {firstName} · {adminMessages.roles[role]}
          </span>
          <ThemeChoice initial={theme} />
          <a href="/">{adminMessages.toShop}</a>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  )
}
