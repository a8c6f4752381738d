import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { nonce as pageNonce } from '@/app/nonce'
import { LoginRenewal } from '@/components/web/login-renewal'
import { SiteFrame } from '@/components/web/site-frame'
import { currentViewer, isRenewalDue, type Viewer } from '@/lib/auth/current-person'
import { themeCss } from '@/lib/domain/settings/theme'
import { loginMessages } from '@/lib/messages/login'
import { logOutAsSomebodyElse } from './login/actions'
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
      {/* Else the first frame would have nothing but the page's colour, and cost as much. */}
      <link rel="expect" href="#start" blocking="render" />
      {isDue ? <LoginRenewal nonce={await pageNonce()} /> : null}
      {css ? <Theme css={css} nonce={await pageNonce()} /> : null}
      <SiteFrame site={site} viewer={viewer} justLoggedIn={await justLoggedIn(viewer)}>
        {children}
      </SiteFrame>
    </>
  )
}

async function justLoggedIn(viewer: Viewer | null) {
  if (!viewer?.isNew) return null
  const path = (await headers()).get('x-page') ?? '/'
  return { name: loginMessages.whoIs(viewer), path, logOut: logOutAsSomebodyElse }
}

/** The owner's colours; browsers hide the nonce from scripts, so React would see a difference. */
function Theme({ css, nonce }: { css: string; nonce: string }) {
  return (
    <style nonce={nonce} suppressHydrationWarning>
      {css}
    </style>
  )
}
