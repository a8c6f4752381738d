'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { AdminRole } from '@/lib/kit/actor'
import { hasPower, type Power } from '@/lib/kit/powers'
import { adminMessages } from '@/lib/messages/admin'
import styles from './navigation.module.css'

const pages = [
  ['overview', '/admin', 'view'],
  ['payments', '/admin/payments', 'view'],
  ['users', '/admin/users', 'view'],
  ['plans', '/admin/plans', 'view'],
  ['health', '/admin/health', 'view'],
  ['settings', '/admin/settings', 'edit_settings'],
  ['audit', '/admin/audit', 'read_audit'],
] as const satisfies readonly (readonly [keyof typeof adminMessages.pages, string, Power])[]

/** The pages that a role may open; the page itself asks again. */
export function Navigation({ role }: { role: AdminRole }) {
  const pathname = usePathname()
  return (
    <nav aria-label={adminMessages.navigation}>
      <ul className={styles.list}>
        {pages
          .filter(([, , power]) => hasPower(role, power))
          .map(([name, path]) => {
            // Every page of the admin lies below the first.
            const isHere =
              pathname === path || (path !== '/admin' && pathname.startsWith(`${path}/`))
            return (
              <li key={name}>
                <Link
                  href={path}
                  prefetch={false}
                  className={styles.link}
                  aria-current={isHere ? 'page' : undefined}
                >
                  {adminMessages.pages[name]}
                </Link>
              </li>
            )
          })}
      </ul>
    </nav>
  )
}
