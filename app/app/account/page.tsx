import type { Metadata } from 'next'
import { connection } from 'next/server'
import { Suspense } from 'react'
import { Account } from '@/components/mini-app/account'
import { AccountSkeleton } from '@/components/mini-app/account-section'
import { Frame, Header } from '@/components/mini-app/frame'
import { listPlans } from '@/lib/domain/plans/queries'
import { miniAppMessages } from '@/lib/messages/mini-app'

const { heading } = miniAppMessages.account

export const metadata: Metadata = { title: heading }

export default function AccountPage() {
  return (
    <Frame>
      <Header heading={heading} />
      <Suspense fallback={<AccountSkeleton />}>
        <NamedAccount />
      </Suspense>
    </Frame>
  )
}

async function NamedAccount() {
  await connection()
  const plans = await listPlans()
  const words = plans.map(({ code, name, kind }) => [code, { name, kind }])
  return <Account plans={Object.fromEntries(words)} />
}
