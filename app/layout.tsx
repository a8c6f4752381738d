import type { Metadata, Viewport } from 'next'
import { workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { recentSettings } from '@/lib/domain/settings/recent'
import { settings } from '@/lib/domain/settings/schema'
import { env, isDevelopment } from '@/lib/platform/env'
import { nonce } from './nonce'
import { PageStyles } from './page-styles'
import './globals.css'

/** What pages share that say nothing of their own; they need not wait for a database that is away. */
export async function generateMetadata(): Promise<Metadata> {
  await connection()
  const shopName = await recentSettings().then(
    (decided) => decided.shopName,
    () => settings.shopName.parse(undefined),
  )
  return {
    metadataBase: new URL(env().APP_URL),
    applicationName: shopName,
    title: { default: shopName, template: `%s · ${shopName}` },
    icons: {
      icon: [
        { url: '/favicon.ico', sizes: '32x32' },
        { url: '/icon.svg', type: 'image/svg+xml' },
      ],
      apple: '/apple-touch-icon.png',
    },
  }
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f2f3f7' },
    { media: '(prefers-color-scheme: dark)', color: '#13141a' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The nonce of the content security policy is new for every request, so no page is static.
  await connection()

  // The theme script changes attributes of <html> before React sees it.
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        {isDevelopment() ? null : (
          <PageStyles page={workAsyncStorage.getStore()?.page ?? ''} nonce={await nonce()} />
        )}
        {children}
      </body>
    </html>
  )
}
