import { cache } from 'react'
import { groupFamilies, type PricedPlan } from '@/components/web/tiers'
import { priceFor } from '@/lib/domain/plans/price'
import { listPlans, rails } from '@/lib/domain/plans/queries'
import type { PlanDto } from '@/lib/domain/plans/schema'
import { featureNamesIn } from '@/lib/domain/settings/texts'
import { shopSettings } from './site'

/** The whole catalogue, and what of it is on sale, with the names and prices that browsers see. */
export const loadCatalogue = cache(async () => {
  const [catalogue, settings] = await Promise.all([listPlans(), shopSettings()])
  const names = featureNamesIn(settings.featureNames)
  const plans = catalogue.map(priceInBrowsers)
  return { plans, names, families: groupFamilies(plans, names) }
})

function priceInBrowsers(plan: PlanDto): PricedPlan {
  return {
    ...plan,
    starPrice: priceFor(plan, 'stars', rails()),
    cardPrice: priceFor(plan, 'stripe', rails()),
  }
}
