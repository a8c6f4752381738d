import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { nonce } from '@/app/nonce'
import { AdminFrame } from '@/components/admin/frame'
import { themeCookie, themeNames } from '@/components/admin/themes'
import { requireAdmin } from '@/lib/auth/current-admin'
import { recentSettings } from '@/lib/domain/settings/recent'
import { adminMessages } from '@/lib/messages/admin'
import '@/components/admin/theme.css'

export const metadata: Metadata = {
  title: { default: adminMessages.title, template: `%s · ${adminMessages.title}` },
  robots: { index: false },
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await requireAdmin()
  const [jar, { shopName }] = await Promise.all([cookies(), recentSettings()])
  const theme = themeNames.find((name) => name === jar.get(themeCookie)?.value) ?? 'system'
  return (
    <>
      {theme === 'system' ? null : (
        // Before anything is painted; browsers hide the nonce from scripts, so React would see a difference.
        <script nonce={await nonce()} suppressHydrationWarning>
          {`document.documentElement.dataset.theme='${theme}'`}
        </script>
      )}
      <AdminFrame shopName={shopName} admin={admin} theme={theme}>
        {children}
      </AdminFrame>
    </>
  )
}
