import type { Metadata } from 'next'
import { deleteAccount } from '@/app/(web)/account/actions'
import { requireViewer } from '@/app/(web)/account/viewer'
import { DeleteAccount } from '@/components/account/delete-account'
import { hasCards } from '@/lib/domain/accounts/queries'
import { listEntitlements } from '@/lib/domain/entitlements/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import { webAccountMessages } from '@/lib/messages/account'

export const metadata: Metadata = {
  title: webAccountMessages.deletion.title,
  robots: { index: false },
}

export default async function DeletePage() {
  const person = await requireViewer('/account/delete')
  const [{ entitlements }, plans, cards] = await Promise.all([
    listEntitlements(person, person.telegramUserId),
    listPlans(),
    hasCards(person),
  ])
  const nameOf = (code: string) => plans.find((plan) => plan.code === code)?.name ?? code
  const active = entitlements.filter((each) => each.active || each.status === 'scheduled')
  return (
    <DeleteAccount
      renewing={active.filter((each) => each.renews).map((each) => nameOf(each.plan_code))}
      hasPlans={active.length > 0}
      hasCards={cards}
      deleteAccount={deleteAccount}
    />
  )
}
