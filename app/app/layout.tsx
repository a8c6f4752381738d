import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { nonce } from '@/app/nonce'
import { beforePaintScript } from '@/components/mini-app/before-paint'
import { MiniApp } from '@/components/mini-app/mini-app'
import { Outside } from '@/components/mini-app/outside'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'
import '@/components/mini-app/theme.css'

export const metadata: Metadata = {
  title: miniAppMessages.title,
  robots: { index: false },
}

export default async function MiniAppLayout({ children }: { children: ReactNode }) {
  const { TELEGRAM_WEB_ORIGINS, TELEGRAM_BOT_USERNAME } = env()
  return (
    <>
      {/* Browsers hide the nonce from scripts, so React would see a difference where none is. */}
      <script
        nonce={await nonce()}
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant source.
        dangerouslySetInnerHTML={{ __html: beforePaintScript }}
      />
      <MiniApp
        origins={TELEGRAM_WEB_ORIGINS}
        outside={<Outside botLink={telegramLink(TELEGRAM_BOT_USERNAME)} />}
      >
        {children}
      </MiniApp>
    </>
  )
}
