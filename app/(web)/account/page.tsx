import type { Metadata } from 'next'
import { logOut, logOutOnAllDevices } from '@/app/(web)/login/actions'
import { loadSite } from '@/app/(web)/site'
import { Account } from '@/components/account/account'
import { viewPlans } from '@/components/account/view'
import { hasCards, listFailedRenewals } from '@/lib/domain/accounts/queries'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { listPayments } from '@/lib/domain/payments/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import { webAccountMessages } from '@/lib/messages/account'
import * as actions from './actions'
import { requireViewer } from './viewer'

export const metadata: Metadata = {
  title: webAccountMessages.title,
  robots: { index: false },
}

export default async function AccountPage() {
  const person = await requireViewer('/account')
  const [{ entitlements }, { payments }, plans, cards, failedRenewals, site] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    listPayments(person),
    listPlans(),
    hasCards(person),
    listFailedRenewals(person),
    loadSite(),
  ])
  return (
    <Account
      person={person}
      plans={viewPlans(entitlements, payments, plans, failedRenewals)}
      payments={payments}
      planNames={Object.fromEntries(plans.map(({ code, name }) => [code, name]))}
      hasCards={cards}
      botLink={site.botLink}
      cancel={actions.cancelRenewal}
      resume={actions.resumeRenewal}
      restore={actions.restoreMyPurchases}
      openCards={actions.openCards}
      logOut={logOut}
      logOutEverywhere={logOutOnAllDevices}
    />
  )
}
