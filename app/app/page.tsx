import { connection } from 'next/server'
import { Suspense } from 'react'
import { LegalLinks, RowLink } from '@/components/mini-app/links'
import { ShopPage } from '@/components/mini-app/pages'
import { Shop } from '@/components/mini-app/shop'
import { ShopSkeleton } from '@/components/mini-app/shop-skeleton'
import { listPlans } from '@/lib/domain/plans/queries'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { buyPlan } from './actions'

export default function Page() {
  return (
    <ShopPage>
      <Suspense fallback={<ShopSkeleton />}>
        <Plans />
      </Suspense>
      <RowLink href="/app/account">{miniAppMessages.shop.account}</RowLink>
      <LegalLinks />
    </ShopPage>
  )
}

async function Plans() {
  await connection()
  const [plans, at] = await Promise.all([listPlans(), now()])
  const { RENEWAL_WINDOW_DAYS } = env()
  return (
    <Shop
      plans={plans}
      now={at.toISOString()}
      renewalWindowDays={RENEWAL_WINDOW_DAYS}
      buyPlan={buyPlan}
    />
  )
}
