'use client'

import { useMemo, useState } from 'react'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'
import type { OfferDto, PaymentMethod, Way } from '@/lib/domain/plans/schema'
import { useSession } from './mini-app'
import { type OfferView, viewOffer } from './offer-state'
import { groupPlans, type Offer, type TierGroup } from './plan-groups'

export type Offers = {
  groups: TierGroup[]
  views: ReadonlyMap<string, OfferView>
  find: (planCode: string) => Offer | undefined
  /** What the person chose, or the link they came by named, while it can be bought. */
  selected: Offer | undefined
  select: (planCode: string) => void
  /** How the chosen plan will be paid; `undefined` while none is chosen. */
  way: Way | undefined
  pay: (method: PaymentMethod) => void
}

export function useOffers(facts: {
  plans: readonly OfferDto[]
  now: string
  renewalWindowDays: number
  entitlements: readonly EntitlementDto[]
}): Offers {
  const { plans, now, renewalWindowDays, entitlements } = facts
  const startParam = useSession()?.launch.startParam
  const [chosen, select] = useState<string | null>(null)
  const [method, pay] = useState<PaymentMethod>('stars')
  const groups = useMemo(() => groupPlans(plans), [plans])
  const views = useMemo(() => {
    const shop = { plans, now: new Date(now), renewalWindowDays }
    const offers = groups.flatMap((group) => group.offers)
    return new Map(
      offers.flatMap((offer) => {
        const view = viewOffer(offer, entitlements, shop)
        return view ? [[offer.code, view] as const] : []
      }),
    )
  }, [groups, plans, now, renewalWindowDays, entitlements])

  const find = (planCode: string) =>
    groups.flatMap((group) => group.offers).find(({ code }) => code === planCode)
  const wanted = chosen ?? startParam
  const isOpen = wanted && views.get(wanted)?.isSelectable !== false
  const selected = isOpen ? find(wanted) : undefined
  const way = selected?.ways.find((each) => each.method === method) ?? selected?.ways[0]
  return { groups, views, find, selected, select, way, pay }
}
