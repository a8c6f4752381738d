import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { webMessages } from '@/lib/messages/web'
import './globals.css'

export const metadata: Metadata = {
  title: { default: webMessages.product, template: `%s · ${webMessages.product}` },
  description: webMessages.description,
  icons: { icon: '/icon.svg' },
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
      <body>{children}</body>
    </html>
  )
}
