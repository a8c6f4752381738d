import type { ReactNode } from 'react'
import { SiteFrame } from '@/components/web/site-frame'

export default function WebLayout({ children }: { children: ReactNode }) {
  return <SiteFrame>{children}</SiteFrame>
}
