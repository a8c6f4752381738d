import type { ReactNode } from 'react'
import { LoginRenewal } from '@/components/web/login-renewal'
import { SiteFrame } from '@/components/web/site-frame'
import { currentViewer, isRenewalDue } from '@/lib/auth/current-person'
import { themeCss } from '@/lib/domain/settings/theme'
import { nonce as pageNonce } from './nonce'
import { loadSite, shopSettings } from './site'

export default async function WebLayout({ children }: { children: ReactNode }) {
  const [site, settings, viewer, isDue] = await Promise.all([
    loadSite(),
    shopSettings(),
    currentViewer(),
    isRenewalDue(),
  ])
  const css = themeCss(settings)
  return (
    <>
      {isDue ? <LoginRenewal /> : null}
      {css ? <Theme css={css} nonce={await pageNonce()} /> : null}
      <SiteFrame site={site} viewer={viewer}>
        {children}
      </SiteFrame>
    </>
  )
}

/** The owner's colours; browsers hide the nonce from scripts, so React would see a difference. */
function Theme({ css, nonce }: { css: string; nonce: string }) {
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {css}
    </style>
  )
}
