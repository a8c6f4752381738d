import { loadHolder } from '@/app/(web)/owned'
import { pay } from '@/app/(web)/plans/actions'
import { ownershipOf } from '@/components/mini-app/ownership'
import { BuyPanel, EnoughPanel, VisitorPanel } from '@/components/web/pay/panel'
import type { WebWay } from '@/components/web/pay/start'
import { priceFor } from '@/lib/domain/plans/price'
import { rails } from '@/lib/domain/plans/queries'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { loginMessages } from '@/lib/messages/login'
import { now } from '@/lib/platform/clock'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'

type Props = { plan: PlanDto; plans: readonly PlanDto[] }

/** Where the visitor of a plan's page pays: by what they are and have. */
export async function Payment({ plan, plans }: Props) {
  const loginPath = `/login?callbackUrl=${encodeURIComponent(`/plans/${plan.code}`)}`
  const holder = await loadHolder()
  if (!holder) {
    const botLink = telegramLink(`${env().TELEGRAM_BOT_USERNAME}?start=${plan.code}`)
    return <VisitorPanel plan={plan} loginPath={loginPath} botLink={botLink} />
  }

  const { person, entitlements } = holder
  const facts = { plans, now: await now(), renewalWindowDays: env().RENEWAL_WINDOW_DAYS }
  const ownership = ownershipOf(plan, entitlements, facts)
  if (ownership.kind === 'covered' && !ownership.isRenewable) {
    const { renews, expires_at } = ownership.by
    return <EnoughPanel isRenewedLater={!renews && expires_at !== null} />
  }
  return (
    <BuyPanel
      plan={plan}
      ways={waysOf(plan)}
      buyer={loginMessages.whoIs(person)}
      start={pay}
      loginPath={loginPath}
    />
  )
}

function waysOf(plan: PlanDto): WebWay[] {
  return (['stars', 'stripe'] as const).flatMap((method) => {
    const price = priceFor(plan, method, rails())
    return price ? [{ method, price }] : []
  })
}
