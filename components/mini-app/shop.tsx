'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Message } from '@/components/ui/message'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { OfferDto } from '@/lib/domain/plans/schema'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { feel } from './host'
import { useSession } from './mini-app'
import { Picker } from './picker'
import type { Notice, Phase } from './purchase'
import { Review, Success } from './success'
import { useLoaded } from './use-loaded'
import { useOffers } from './use-offers'
import { type BuyPlan, usePurchase } from './use-purchase'

type Props = {
  plans: OfferDto[]
  /** ISO 8601, the server's clock when the page was made. */
  now: string
  renewalWindowDays: number
  buyPlan: BuyPlan
}

const nothingOwned: EntitlementDto[] = []

/** Choosing and buying a plan. */
export function Shop({ plans, now, renewalWindowDays, buyPlan }: Props) {
  const session = useSession()
  const controls = usePurchase(session, buyPlan)
  const { phase, settled } = controls.purchase
  const owned = useLoaded(session?.api.entitlements, settled)
  const entitlements =
    owned.loaded.state === 'ready' ? owned.loaded.value.entitlements : nothingOwned
  const offers = useOffers({ plans, now, renewalWindowDays, entitlements })
  const notice = controls.purchase.notice ?? lockOut(owned.loaded)
  useFeelings(phase.name, notice)
  useFreshFacts(notice, owned.reload)

  if (phase.name === 'review') return <Review onBack={controls.dismiss} />
  if (phase.name === 'bought') {
    const plan = plans.find(({ code }) => code === phase.planCode)
    const isFresh = owned.loadedVersion === settled
    const granted = entitlements.find(({ plan_code }) => plan_code === phase.planCode)
    return (
      <Success
        name={plan?.name ?? phase.planCode}
        entitlement={isFresh ? (granted ?? null) : undefined}
        onBack={controls.dismiss}
      />
    )
  }
  if (offers.groups.length === 0) {
    const { empty, emptyText } = miniAppMessages.shop
    return <Message icon="star" heading={empty} text={emptyText} />
  }
  const hasFailed = owned.loaded.state === 'failed'
  return (
    <Picker
      offers={offers}
      controls={controls}
      notice={notice}
      onReload={hasFailed ? owned.reload : null}
    />
  )
}

/** When our server does not believe the launch data, nothing else on the page can work. */
function lockOut(owned: ReturnType<typeof useLoaded>['loaded']): Notice | null {
  if (owned.state !== 'failed') return null
  const { code } = owned
  return code === 'init_data_expired' || code === 'unauthorized' ? { code } : null
}

function useFeelings(phase: Phase['name'], notice: Notice | null): void {
  const hasHost = useSession()?.launch.hasHost ?? false
  const isBought = phase === 'bought'
  const code = notice?.code

  useEffect(() => {
    if (hasHost && isBought) feel('success')
  }, [hasHost, isBought])
  useEffect(() => {
    if (hasHost && code) feel('error')
  }, [hasHost, code])
}

/** A refusal says that this page is behind: ask the server how things stand now. */
function useFreshFacts(notice: Notice | null, reloadOwned: () => void): void {
  const router = useRouter()
  const code = notice?.code

  useEffect(() => {
    if (code === 'unknown_plan') router.refresh()
    if (code === 'already_entitled') reloadOwned()
  }, [code, router, reloadOwned])
}
