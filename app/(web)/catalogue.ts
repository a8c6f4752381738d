import { cache } from 'react'
import { groupFamilies } from '@/components/web/tiers'
import { listPlans } from '@/lib/domain/plans/queries'
import { featureNamesIn } from '@/lib/domain/settings/texts'
import { loadSite, shopSettings } from './site'

/** Everything on sale, with the names and prices that browsers see. */
export const loadCatalogue = cache(async () => {
  const [plans, settings, site] = await Promise.all([listPlans(), shopSettings(), loadSite()])
  const names = featureNamesIn(settings.featureNames)
  return { plans, names, families: groupFamilies(plans, names, site.payment) }
})
