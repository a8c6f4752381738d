import { connection } from 'next/server'
import { Suspense } from 'react'
import { Frame } from '@/components/mini-app/frame'
import { LegalLinks } from '@/components/mini-app/links'
import { Shop } from '@/components/mini-app/shop'
import { ShopSkeleton } from '@/components/mini-app/shop-skeleton'
import { listOffers } from '@/lib/domain/plans/queries'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { buyPlan } from './actions'

/** The shell is sent at once; the plans follow as soon as the database has answered. */
export default function ShopPage() {
  return (
    <Frame>
      <Suspense fallback={<ShopSkeleton />}>
        <Plans />
      </Suspense>
      <LegalLinks />
    </Frame>
  )
}

async function Plans() {
  await connection()
  const [plans, at] = await Promise.all([listOffers(), now()])
  return (
    <Shop
      plans={plans}
      now={at.toISOString()}
      renewalWindowDays={env().RENEWAL_WINDOW_DAYS}
      buyPlan={buyPlan}
    />
  )
}
